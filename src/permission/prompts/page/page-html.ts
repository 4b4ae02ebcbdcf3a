/** The prompt's page. It holds nothing of the question: the script fetches that, as text. */
export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Permission</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<main aria-live="polite">
<h1 id="title"></h1>
<p id="path"></p>
<section id="kinds"></section>
<div id="choices" role="group" aria-label="Your decision"></div>
<p id="hint">Closing this page decides nothing: the program waits.</p>
</main>
</body>
</html>
`;
