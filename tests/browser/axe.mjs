// Opens pages in a real browser and prints, as JSON, what axe-core and the network say of each.
// Usage: node axe.mjs CHROMIUM PAGE.html...

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, ...files] = process.argv.slice(2);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const QUIET = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"];

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-component-update", "--disable-sync", ...QUIET.map((each) => `--${each}`)],
});
const found = [];
for (const file of files) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1200, 320]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
      const address = pathToFileURL(file).href;
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(address, { waitUntil: "load" });
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(
        (values) => axe.run({ runOnly: { type: "tag", values } }),
        RULES,
      );
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const cut = await page.evaluate(
        () => [...document.querySelectorAll(".scroll")].filter((each) => each.scrollWidth > each.clientWidth).length,
      );
      const headTop = await page.evaluate(() => {
        const head = document.querySelector(".scroll:not(.grid) thead");
        if (!head) return null;
        scrollTo(0, scrollY + head.closest("table").getBoundingClientRect().top + 150);
        return Math.round(head.querySelector(":scope > tr > :last-child").getBoundingClientRect().top);
      });
      await page.emulateMedia({ media: "print", colorScheme });
      const printed = await page.evaluate(() => ({
        ink: getComputedStyle(document.body).color,
        paper: getComputedStyle(document.body).backgroundColor,
        extras: [...document.querySelectorAll(".skip, nav, .back")].filter((each) => each.checkVisibility()).length,
      }));
      found.push({
        file,
        colorScheme,
        width,
        background,
        overflow,
        cut,
        headTop,
        printed,
        requests: requests.filter((each) => each !== address),
        passes: passes.map((each) => each.id),
        violations: violations.map((each) => `${each.id}: ${each.nodes[0].html}`),
      });
      await page.close();
    }
  }
}
await browser.close();
console.log(JSON.stringify(found));
