import { request } from "node:http";
import { expect, test } from "./fixtures";

// Next resolves the dots of a path, the front door does not: what it hands on must find no second way to the interface.
for (const path of ["/x/../api/health", "/./api/health", "/%2e/metrics", "/x/%2e%2e/sign-in?token=x"]) {
  test(`there is one door to the interface: ${path} is no way past it`, async ({ baseURL }) => {
    const { hostname, port } = new URL(baseURL ?? "");
    const answer = await new Promise<{ status?: number; type?: string }>((resolve, reject) => {
      request({ hostname, port, path }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, type: response.headers["content-type"] });
      })
        .on("error", reject)
        .end();
    });
    expect(answer.type ?? "").not.toContain("json");
    expect([307, 404]).toContain(answer.status);
  });
}
