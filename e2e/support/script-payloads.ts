import { FOREIGN_HOST } from '../provider/answers.ts'

/** What a payload does when it runs; and where it sends to when it is loaded. */
const RUN = 'window.zzran=1'
const ELSEWHERE = `https://${FOREIGN_HOST}`

/** Markup that would run a script, or fetch from elsewhere, in a page that took text for HTML. Each is one line. */
export const htmlPayloads = [
  `<script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `</title></textarea></script><script>${RUN}</script>`,
  `<!--><script>${RUN}</script>-->`,
  `<script src="${ELSEWHERE}/x.js"></script>`,
  `<img src=x onerror="${RUN}">`,
  `"><img src=x onerror=${RUN} x="`,
  `<IMG SRC=x OnErRoR="${RUN}">`,
  `<img src="${ELSEWHERE}/x.png">`,
  `<svg onload="${RUN}"></svg>`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text>x</text></a></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${RUN}"></style></mglyph></table></mtext></math>`,
  `<details open ontoggle="${RUN}">x</details>`,
  `<input autofocus onfocus="${RUN}">`,
  `<video><source onerror="${RUN}"></video>`,
  `<body onload="${RUN}">`,
  `<iframe srcdoc="<script>parent.zzran=1</script>"></iframe>`,
  `<iframe src="javascript:parent.zzran=1"></iframe>`,
  `<object data="${ELSEWHERE}/x"></object><embed src="${ELSEWHERE}/x">`,
  `<style>@import url(${ELSEWHERE}/x.css); body { display: none }</style>`,
  `<link rel="stylesheet" href="${ELSEWHERE}/x.css"><link rel="preload" as="image" href="${ELSEWHERE}/x.png">`,
  `<meta http-equiv="refresh" content="0;url=${ELSEWHERE}/">`,
  `<base href="${ELSEWHERE}/">`,
  `<form action="${ELSEWHERE}/"><button autofocus formaction="javascript:${RUN}">x</button></form>`,
  `<a href="java&#x73;cript:${RUN}">x</a>`,
  `<template><script>${RUN}</script></template><noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `{{constructor.constructor('${RUN}')()}} \${${RUN}}`,
]

/** The same by way of Markdown and of mathematics. */
export const markdownPayloads = [
  `[link](javascript:${RUN})`,
  `[link](JaVaScRiPt:${RUN})`,
  `[link](java&#10;script:${RUN})`,
  `[link](&#106;avascript:${RUN})`,
  `[link](<java script:${RUN}>)`,
  `[link](vbscript:${RUN})`,
  `[link](data:text/html;base64,PHNjcmlwdD53aW5kb3cuenpyYW49MTwvc2NyaXB0Pg==)`,
  `<javascript:${RUN}>`,
  `[link][reference]`,
  `![image](javascript:${RUN})`,
  `![image](${ELSEWHERE}/x.png)`,
  `![image](//${FOREIGN_HOST}/x.png "t\\" onerror=\\"${RUN}")`,
  `[![image](${ELSEWHERE}/x.png)](javascript:${RUN})`,
  `$$\\href{javascript:${RUN}}{x}$$`,
  `$$\\url{javascript:${RUN}}$$`,
  `$$\\includegraphics{${ELSEWHERE}/x.png}$$`,
  `$$\\htmlStyle{background:url(${ELSEWHERE}/x.png)}{x} \\htmlData{x="onclick=${RUN}}{x}$$`,
  `$$\\text{<img src=x onerror=${RUN}>}$$`,
  `\`\`\`html\n<img src=x onerror="${RUN}"><script>${RUN}</script>\n\`\`\``,
  `\`\`\`"><img src=x onerror=${RUN}>\ncode\n\`\`\``,
  `\`\`\`mermaid\ngraph TD; A["<img src=x onerror=${RUN}>"]; click A "javascript:${RUN}"\n\`\`\``,
  `[reference]: javascript:${RUN}`,
]
