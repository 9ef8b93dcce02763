import { createHash } from 'node:crypto';
import { type Html, html, verbatim } from '../domain/html.ts';
import { DOCUMENT_STYLE } from './document-style.ts';

/** Mobile first, for tired eyes: large targets, contrast of 4.5 to 1 or more in both schemes, nothing that moves. */
const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--ground:#f2f3f5;--card:#fff;--line:#d0d7de;--accent:#b42318;--on-accent:#fff;--good:#e6f4ea;--bad:#fff4e5}
@media (prefers-color-scheme:dark){:root{--ink:#f0f3f6;--soft:#b1bac4;--ground:#0d1117;--card:#161b22;--line:#3d444d;--accent:#ff8073;--on-accent:#1b0604;--good:#12331d;--bad:#3d2a08}}
*{box-sizing:border-box}
body{margin:0;padding:16px;background:var(--ground);color:var(--ink);font:17px/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:34rem;margin:0 auto;padding:20px;background:var(--card);border:1px solid var(--line);border-top:6px solid var(--accent);border-radius:12px}
h1{margin:4px 0 8px;font-size:1.4rem;line-height:1.3;overflow-wrap:anywhere}
h2{margin:28px 0 8px;font-size:1.05rem}
p{margin:0 0 12px;overflow-wrap:anywhere}
.mark{color:var(--accent);font-weight:700;margin:0}
.soft{color:var(--soft)}
.said{padding:12px 14px;border-radius:8px;background:var(--good);font-weight:600}
.said.bad{background:var(--bad)}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 14px;margin:0 0 20px}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
form{margin:0 0 12px}
button{display:block;width:100%;min-height:56px;padding:12px;border:2px solid var(--accent);border-radius:10px;background:transparent;color:var(--ink);font:inherit;font-weight:700;cursor:pointer}
button.first{background:var(--accent);color:var(--on-accent)}
button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
ol{margin:0;padding:0;list-style:none}
li{padding:8px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
a{color:var(--accent)}
li a{display:inline-block;padding:6px 0;font-weight:600}
time{color:var(--soft);font-variant-numeric:tabular-nums}
label{display:block;margin:0 0 14px;font-weight:600}
label small{display:block;color:var(--soft);font-weight:400}
input[type=text]{display:block;width:100%;min-height:48px;margin-top:4px;padding:10px 12px;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink);font:inherit}
input:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.facts{grid-template-columns:fit-content(11rem) 1fr}
.facts dd{white-space:pre-line}
@media (max-width:30rem){.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:8px}}
main.paper{max-width:50rem}
article{margin:0 0 16px;padding:16px;border:1px solid var(--line);border-radius:8px}
article h3{margin:0 0 8px;font-size:1rem;overflow-wrap:anywhere}
article dl{margin:0}
.quote{margin:12px 0 0;padding:10px 14px;border-left:4px solid var(--line);background:var(--ground);font-size:.9rem;white-space:pre-wrap;overflow-wrap:anywhere}
@page{size:A4;margin:16mm}
@media print{
body{--ink:#000;--soft:#444;--ground:#fff;--card:#fff;--line:#999;--accent:#b42318;--good:#fff;--bad:#fff;padding:0;font-size:10.5pt}
main,main.paper{max-width:none;padding:0;border:0;border-radius:0}
.said{padding:0}
h2,h3{break-after:avoid}
article,dl,.said{break-inside:avoid}
form{display:none}
}
${DOCUMENT_STYLE}`;

/** How wide a page is: `phone` for what is answered in one hand, `paper` for what is read and printed. */
export type Width = 'phone' | 'paper';

/** A whole page. Works without script, for there is none. */
export const page = (title: string, body: Html, width: Width = 'phone'): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${verbatim(STYLE)}</style>
</head>
<body>
<main${width === 'paper' ? html` class="paper"` : html``}>
${body}
</main>
</body>
</html>
`.html;

/** The headers of every page: kept by nobody, framed by nobody, loading nothing but its own style. */
export const pageHeaders = (): Record<string, string> => {
  const style = createHash('sha256').update(STYLE).digest('base64');
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  };
};
