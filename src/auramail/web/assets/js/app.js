// What every page loads: htmx with server-sent events, and the few Alpine components.
import Alpine from "@alpinejs/csp";

import "./htmx.js";
import "htmx.org/dist/ext/hx-sse.js";
import { dialogs } from "./dialogs.js";
import { preferences } from "./preferences.js";
import { progress } from "./progress.js";
import { selection } from "./selection.js";
import { gmailQuery, voice } from "./search.js";
import { sevenDays } from "./seven_days.js";

Alpine.data("gmailQuery", gmailQuery);
Alpine.data("progress", progress);
Alpine.data("selection", selection);
Alpine.data("sevenDays", sevenDays);
Alpine.data("voice", voice);
dialogs();
preferences();
Alpine.start();
