import { type AlertMessage, headlineOf, messageLines } from "./message";

/** Slack's limit on a section's text. */
const mostChars = 2_900;

/** An incoming webhook's body: `text` for notifications and clients that do not render blocks, blocks for the rest. */
export function slackBody(message: AlertMessage) {
  const lines = messageLines(message).map(plain);
  const links = [message.runUrl === null ? null : link(message.runUrl, "Open run"), link(message.alertUrl, "Open alert")];
  const head = `*${plain(headlineOf(message))}*`;
  return {
    text: [plain(headlineOf(message)), ...lines].join(" - ").slice(0, mostChars),
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: [head, ...lines].join("\n").slice(0, mostChars) } },
      { type: "context", elements: [{ type: "mrkdwn", text: links.filter((one) => one !== null).join("  ") }] },
    ],
  };
}

/**
 * Escapes Slack's three special characters, so that no name can mention people or forge a link, and keeps its formatting marks from
 * pairing.
 */
function plain(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[*_~`]/g, (mark) => `${mark}\u200b`);
}

function link(url: string, words: string): string {
  return `<${url}|${words}>`;
}
