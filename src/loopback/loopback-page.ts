/**
 * A page of a loopback server, which also serves its style and its script.
 *
 * @param secret what the page's script shows its server in a header; none in a page that is loaded
 * anew, whose script has kept it.
 */
export function loopbackPage({ title, body }: PageContent, secret = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="session" content="${secret}">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
${body}
</body>
</html>
`;
}

/** What a page holds before its script has run: nothing of what is asked or shown. */
export interface PageContent {
  readonly title: string;
  /** HTML */
  readonly body: string;
}
