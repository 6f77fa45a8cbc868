/** What a browser gets while no page can be rendered; it reloads by itself. */
export const silentPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>The database does not answer</title>
<style>
:root { color-scheme: light dark }
body { font: 14px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; margin: 0; padding: 0 24px; text-align: center }
h1 { font-size: 16px; font-weight: 500; margin: 0 }
p { margin: 4px 0 0; opacity: .7 }
</style>
<h1>The database does not answer</h1>
<p>Everything that was acknowledged is stored. This page retries every 5 seconds.</p>
`;
