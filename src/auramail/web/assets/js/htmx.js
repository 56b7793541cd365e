// htmx under its global name, which its extensions ask for.
import htmx from "htmx.org/dist/htmx.esm.js";

window.htmx = htmx;

export default htmx;
