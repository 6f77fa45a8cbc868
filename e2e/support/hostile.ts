const run = "globalThis.hostileTextRan=1";

/** Words that want to be more than words. */
export const payloads: readonly string[] = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg/onload=${run}>`,
  `"><iframe srcdoc="<script>parent.${run}</script>">`,
  `<a href="javascript:${run}">click</a>`,
  `javascript:${run}`,
  `[link](javascript:${run}) ![image](https://tracker.invalid/pixel.png)`,
  "<img src=https://tracker.invalid/pixel.png>",
  "<link rel=stylesheet href=https://tracker.invalid/a.css><meta http-equiv=refresh content='0;url=https://tracker.invalid'>",
  "</script></style></title></textarea><body onload=alert(1)>",
  `{{constructor.constructor('${run}')()}}\${${run}}`,
  "\u202Egnp.exe\u202C left to right \u2066again\u2069",
  "zero\u200Bwidth\u200Djoined\uFEFF\u2060",
  "null \u0000 byte, bell \u0007, escape \u001B[31m, line \u2028 separators \u2029",
  "half a pair \uD800 alone, and a tag \u{E0041}\u{E0042}",
  "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324\u031E\u0349\u035A\u032F\u031E\u0320\u034DA\u0334\u0335\u031C\u0330",
  "عربي מעורב with English and 中文 🧑‍🚀🏳️‍🌈",
  "constructor",
  "__proto__",
  "a".repeat(300),
  "unbroken".repeat(12_800),
  "../../../etc/passwd%00?x=1#y",
];
