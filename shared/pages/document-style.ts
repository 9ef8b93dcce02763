/** How documents look that people wrote: on a screen, and on paper. */
export const DOCUMENT_STYLE = `
.doc h1{margin-bottom:16px}
.doc h2{margin:32px 0 10px;padding-bottom:4px;border-bottom:1px solid var(--line);font-size:1.2rem}
.doc h3{margin:22px 0 6px;font-size:1.05rem}
.doc h4,.doc h5,.doc h6{margin:18px 0 6px;font-size:1rem}
.doc ul,.doc ol{margin:0 0 12px;padding-left:1.4em}
.doc ul{list-style:disc}
.doc ol{list-style:decimal}
.doc li{padding:2px 0;border:0}
.doc li a{display:inline;padding:0}
.doc li>p{margin:0 0 6px}
.doc li>ul,.doc li>ol{margin:0}
.doc blockquote{margin:0 0 12px;padding:2px 14px;border-left:4px solid var(--line);color:var(--soft)}
.doc code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.doc pre{margin:0 0 12px;padding:10px 14px;border-radius:8px;background:var(--ground);overflow-x:auto}
.doc pre code{overflow-wrap:normal}
.doc hr{border:0;border-top:1px solid var(--line)}
.wide{margin:0 0 12px;overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.94rem}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}
td:first-child{min-width:6.5em}
.right{text-align:right}
.center{text-align:center}
.problem{margin:0 0 4px;padding:10px 14px;border-radius:8px;background:var(--bad);font-weight:600;overflow-wrap:anywhere}
.doc .tree,.doc .tree ol{margin:0;padding:0;list-style:none}
.doc .tree{margin-bottom:16px}
.tree ol{padding-left:10px}
.doc .tree li{position:relative;padding:8px 0 0}
.doc .tree ol>li{padding-left:14px;border-left:2px solid var(--line)}
.doc .tree ol>li:last-child{border-left-color:transparent}
.doc .tree ol ol ol ol ol ol ol ol,.doc .tree ol ol ol ol ol ol ol ol>li{padding-left:0}
.tree ol>li::before{content:"";position:absolute;left:-2px;top:0;width:14px;height:27px;border:solid var(--line);border-width:0 0 2px 2px;border-bottom-left-radius:6px}
.node{padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);overflow-wrap:anywhere}
.node p{margin:0}
.node .why{color:var(--soft);font-size:.88rem}
.node.cause{border-left:5px solid var(--accent)}
.node.joined{border-style:dashed;color:var(--soft)}
.number{margin-right:4px;color:var(--soft);font-variant-numeric:tabular-nums}
.tag{display:inline-block;margin:4px 8px 0 0;padding:1px 8px;border:1px solid var(--accent);border-radius:99px;color:var(--accent);font-size:.82rem;font-weight:700}
.tag.gate{border-color:var(--soft);color:var(--soft)}
.shown{color:var(--soft);font-size:.88rem}
textarea{display:block;width:100%;min-height:96px;margin-top:4px;padding:10px 12px;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink);font:inherit;font-weight:400}
.quote+dl,.quote+form{margin-top:16px}
form+form:has(textarea){margin-top:24px;padding-top:20px;border-top:1px solid var(--line)}
textarea:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.foot{margin:28px 0 0;padding-top:8px;border-top:1px solid var(--line);color:var(--soft);font-size:.85rem}
@media (max-width:30rem){main.paper{padding:14px}.doc .facts{grid-template-columns:fit-content(7rem) 1fr;gap:4px 12px}.doc .facts dd{margin-bottom:0}.doc .tree ol{padding-left:4px}.doc .tree ol>li{padding-left:10px}.tree ol>li::before{width:10px}}
@page{@bottom-right{content:counter(page) " of " counter(pages);color:#444;font:9pt sans-serif}}
@media print{
.screen{display:none}
.doc ul>li{break-inside:avoid}
.doc ul a{text-decoration:none}
.doc ul a::after{content:" (" attr(href) ")";font-weight:400;overflow-wrap:anywhere}
.doc h1,.doc h2,.doc h3,.problem{break-after:avoid}
.doc p,.doc li{orphans:3;widows:3}
.node,.doc tr,.doc pre,.doc blockquote{break-inside:avoid}
.doc a{color:var(--ink)}
.wide,.doc pre{overflow:visible}
.doc pre{white-space:pre-wrap;border:1px solid var(--line)}
.problem{border:1px solid var(--line)}
}
`;
