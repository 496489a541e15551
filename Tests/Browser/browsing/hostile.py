"""Text that has broken pages elsewhere: after OWASP's filter-evasion list, and combining characters after quotes (SEC-13)."""

TEXTS = [
    "<script>alert(1)</script>",
    "</textarea><script>alert(2)</script>",
    "\"><img src=x onerror=alert(3)>",
    "'><svg onload=alert(4)>",
    "\" autofocus onfocus=alert(5) x=\"",
    "' onmouseover='alert(6)",
    "\"\u0301 onmouseover=alert(7) x=\"",
    "'\u0338><script>alert(8)</script>",
    ">\u0338<img src=x onerror=alert(9)>",
    "<\u0338script>alert(10)</script>",
    "&\u0301lt;b&\u0301gt; &lt;script&gt; &amp;quot; &#34;",
    "javascript:alert(12)",
    "<a href=\"javascript:alert(13)\">here</a>",
    "</title></head><body onload=alert(14)>",
    "<!--><img src=x onerror=alert(15)>-->",
    "<![CDATA[<script>alert(16)</script>]]>",
    "<iframe srcdoc=\"<script>alert(17)</script>\"></iframe>",
    "<math><mi//xlink:href=\"data:x,<script>alert(18)</script>\">",
    "</svg></style><script>alert(19)</script>",
    "<details open ontoggle=alert(20)>",
    "{{constructor.constructor('alert(21)')()}} ${alert(21)} #{7*7}",
    "{count} {reference} {number} %s %@ %n",
    "\u202e<tpircs>(23)trela\u202c \u200b\ufeff\u2028",
    "=cmd|'/c calc'!A1 \\\" \\' \\u003cscript\\u003e",
    "<form action=//evil.example><button>Ok</button></form>",
    "<base href=//evil.example/><link rel=stylesheet href=//evil.example>",
]

# What only an injected text could have brought onto a page of ours.
INTRUDERS = """() => [...document.querySelectorAll(
    'script, img, iframe, object, embed, base, math, style, meta[http-equiv], [onerror], [onload], [onfocus], [onmouseover], [ontoggle], [autofocus]')]
    .map(element => element.outerHTML.slice(0, 120))
    .concat([...document.querySelectorAll('a, form, link')].map(element => element.href || element.action)
        .filter(address => typeof address === 'string' && (address.startsWith('javascript:') || new URL(address, location.href).host === 'evil.example')))
    .concat(document.querySelectorAll('main').length === 1 && document.forms.length < 3 ? [] : ['the page is broken'])"""


def faults(visitor, texts, where="text"):
    """A line per text that is not shown literally, and per element that should not be there."""
    found = visitor.page.evaluate(INTRUDERS)
    if where == "text":
        shown = visitor.page.evaluate("() => document.querySelector('main').textContent")
    else:
        shown = "\n".join(visitor.page.evaluate("() => [...document.querySelectorAll('input, textarea')].map(one => one.value)"))
    return found + [f"not shown literally: {text}" for text in texts if text not in shown]
