import "./node-version.mjs";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled } from "./install.mjs";
import { fail, root, runScript, say } from "./steps.mjs";

const reports = join(root, ".tmp", "test");
const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] };

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** A run that ends badly without a failed test (it did not start, or an error came from nowhere) counts as one failure. */
function count(code, { passed, failed, skipped, failures }) {
  return { passed, failed: code !== 0 && failed === 0 && skipped === 0 ? 1 : failed, skipped, failures };
}

function named(file, title, message) {
  const lines = stripVTControlCharacters(message ?? "").split("\n");
  // A line may be a whole page.
  return [`${relative(root, file)} › ${title}`, ...lines.slice(0, 12).map((line) => line.slice(0, 500))].join("\n");
}

function failuresOfUnit({ testResults }) {
  return testResults
    .filter((file) => file.status === "failed")
    .flatMap((file) => {
      const failed = file.assertionResults.filter((each) => each.status === "failed");
      if (failed.length === 0) return [named(file.name, "did not load", file.message)];
      return failed.map((each) => named(file.name, each.fullName, each.failureMessages[0]));
    });
}

/** What the page showed, as assistive technology reads it: what failed once in a hundred times is seldom seen a second time. */
function pageWhenItFailed(attachments) {
  const path = attachments.find((each) => each.name === "error-context")?.path;
  const page = /^```yaml\n(.*?)^```/ms.exec(path && existsSync(path) ? readFileSync(path, "utf8") : "")?.[1];
  if (page === undefined) return "";
  const lines = page.slice(Math.max(0, page.indexOf("- main:"))).split("\n");
  return ["", "The page at that moment:", ...lines.slice(0, 100)].join("\n");
}

function failuresOfBrowser({ suites = [], errors = [] }) {
  const ofSuite = (suite) => [
    ...(suite.suites ?? []).flatMap(ofSuite),
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok)
      .map((spec) => {
        const results = spec.tests.flatMap((each) => each.results);
        const failed = results.find((result) => result.error);
        return named(join(root, "e2e", spec.file), spec.title, failed?.error.message) + pageWhenItFailed(failed?.attachments ?? []);
      }),
  ];
  return [...errors.map((error) => error.message), ...suites.flatMap(ofSuite)];
}

async function runVitest() {
  const report = join(reports, "vitest.json");
  const { code } = await runScript("vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], {
    show: true,
  });
  const found = readReport(report);
  if (!found) return count(code, nothing);
  const unloaded = found.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return count(code, {
    passed: found.numPassedTests,
    failed: found.numFailedTests + unloaded,
    skipped: found.numPendingTests + found.numTodoTests,
    failures: failuresOfUnit(found),
  });
}

function hasBrowserTests() {
  return readdirSync(join(root, "e2e"), { recursive: true }).some((name) => String(name).endsWith(".spec.ts"));
}

async function runPlaywright(chromium) {
  const report = join(reports, "playwright.json");
  const { code } = await runScript("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
    show: true,
    env: { WATCHFLOOR_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  const found = readReport(report);
  if (!found) return count(code, nothing);
  const { expected, unexpected, flaky, skipped } = found.stats;
  return count(code, { passed: expected, failed: unexpected + flaky, skipped, failures: failuresOfBrowser(found) });
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

async function test() {
  await ensureInstalled({ withTools: true });
  await ensureBuilt();
  const chromium = hasBrowserTests() ? await ensureChromium() : undefined;
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const unit = await runVitest();
  const browser = chromium ? await runPlaywright(chromium) : nothing;
  const all = {
    passed: unit.passed + browser.passed,
    failed: unit.failed + browser.failed,
    skipped: unit.skipped + browser.skipped,
  };
  console.log("");
  // Again at the end: of a long log the end is what is read, and at times all that is kept.
  for (const failure of [...unit.failures, ...browser.failures]) console.log(`failed: ${failure}\n`);
  say(`unit and database: ${inWords(unit)}`);
  say(`browser: ${inWords(browser)}`);
  console.log(inWords(all));
  process.exitCode = all.failed === 0 && all.skipped === 0 && all.passed > 0 ? 0 : 1;
}

test().catch(fail);
