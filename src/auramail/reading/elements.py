"""Which HTML elements break lines, part cells, say nothing, lead elsewhere, or are a mail program's marks."""

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr"),
        *("ul", "caption", "legend", "summary"),
    }
)
CELLS = frozenset({"td", "th", "option", "button"})
DROPPED = frozenset(
    {
        *("script", "style", "head", "title", "meta", "link", "template", "object", "iframe", "noembed", "noframes"),
        *("svg", "math", "audio", "video", "canvas"),
    }
)
LINKING = frozenset({"a", "area"})
FORMS = frozenset({"form", "input", "textarea"})
QUOTE_MARKS = (
    *("gmail_quote", "gmail_extra", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "moz-cite-prefix"),
    *("zmail_extra", "mail-editor-reference-message-container"),
)
SIGNATURE_MARKS = (
    *("gmail_signature", "moz-signature", "protonmail_signature", "ms-outlook-mobile-signature"),
    *("applemailsignature", "zmail_signature", " signature ", "tutanota_signature"),
)
