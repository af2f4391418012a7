// A real Chromium for the browser tests: started once a file, with a watch on everything the page complains about.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';

/** Long enough for a busy machine; jobs say their own limits. */
const ACTION_MS = 25_000;
const SCREENSHOTS = fileURLToPath(new URL('../../screenshots/', import.meta.url));

export async function launchBrowser(): Promise<Browser> {
  // The package's own arguments include --single-process, with which a second page takes the first one down.
  const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote');
  return await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, '--no-sandbox', '--disable-dev-shm-usage'],
    headless: true,
  });
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Errors of the console, uncaught exceptions and failed requests since the last `takeProblems()`. */
  takeProblems: () => string[];
}

export interface VisitOptions {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
}

/** Answers that are part of a page's work: asking who is signed in, when nobody is. */
function isExpected(url: string, status: number): boolean {
  return status === 401 && url.endsWith('/api/v1/auth/me');
}

export async function openVisit(
  browser: Browser,
  baseUrl: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const { width = 1280, height = 800, theme = 'light' } = options;
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(ACTION_MS);
  const page = await context.newPage();
  let problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // Answers with an error status are judged below, where their address is known in full.
    if (message.text().startsWith('Failed to load resource')) return;
    problems.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !isExpected(response.url(), response.status()))
      problems.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== new URL(baseUrl).origin)
      problems.push(`request to a third party: ${request.url()}`);
  });
  return {
    context,
    page,
    takeProblems: () => {
      const taken = problems;
      problems = [];
      return taken;
    },
  };
}

/** Keeps a picture in screenshots/, for people to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
}
