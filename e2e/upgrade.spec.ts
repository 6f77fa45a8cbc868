import { request } from "node:http";
import { expect, test } from "./fixtures";

// Java's HTTP client offers HTTP/2 with every plain request; a server that does not speak it ignores the offer (RFC 9110, 7.8).
test("a client that offers an upgrade is answered, also after a page was served", async ({ page, baseURL }) => {
  await page.goto("/signed-out");
  const headers = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAAQCAAAAAAIAAAAA" };
  const status = await new Promise((resolve, reject) => {
    request(new URL("/api/health", baseURL), { headers }, (response) => resolve(response.statusCode))
      .on("error", reject)
      .end();
  });
  expect(status).toBe(200);
});
