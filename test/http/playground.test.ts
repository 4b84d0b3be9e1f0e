import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { examples } from '../../src/http/examples.js';
import { anApp } from '../support/app.js';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
if (!isThere)
  process.stderr.write(
    '\n*** No Chromium at /usr/bin/chromium: the playground is not tried in a browser (apt-get install chromium). ***\n\n',
  );

const launch = () =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });

test.runIf(isThere)(
  'a first visit shows the examples as tabs, the first one and one with variables answer, and no request leaves the server',
  async () => {
    const app = await anApp('seeded');
    const browser = await launch();
    try {
      const page = await browser.newPage();
      const requests: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(app.url);
      await page
        .locator('.graphiql-tab')
        .nth(examples.length - 1)
        .waitFor();
      expect(await page.locator('.graphiql-tab').count()).toBe(examples.length);
      const answer = page.waitForResponse(
        (response) => response.request().postData()?.includes('query Innocrafts') === true,
      );
      await page.locator('.graphiql-execute-button').click();
      expect(await (await answer).json()).toMatchObject({ data: { project: { acronym: 'INNOCRAFTS' } } });
      await page.locator('.result-window').getByText('INNOCRAFTS').waitFor();
      const last = page.waitForResponse(
        (response) => response.request().postData()?.includes('"operationName":"WhatIsLate"') === true,
      );
      await page.locator('.graphiql-tab').last().getByText('What is late').click();
      // The editor knows the operation of a tab some moments after it shows it.
      const press = () => page.locator('.graphiql-execute-button').click();
      const again = setInterval(() => void press().catch(() => undefined), 500);
      const response = await last.finally(() => clearInterval(again));
      expect(await response.json()).toMatchObject({ data: { outputs: { totalCount: 0 } } });
      expect(
        requests.filter((url) => !url.startsWith(app.url) && !url.startsWith('blob:') && !url.startsWith('data:')),
      ).toEqual([]);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

test.runIf(isThere)(
  'above demonstration records it says so in the window, and nothing of it is pushed out',
  async () => {
    const app = await anApp('demonstration');
    const browser = await launch();
    try {
      const page = await browser.newPage({ viewport: { width: 1000, height: 200 } });
      await page.goto(app.url);
      await page.locator('.graphiql-execute-button').waitFor();
      const boxOf = async (selector: string) => {
        const box = await page.locator(selector).boundingBox();
        return { top: box?.y ?? NaN, bottom: (box?.y ?? NaN) + (box?.height ?? NaN) };
      };
      const [notice, playground] = [await boxOf('#notice'), await boxOf('#ruru-root')];
      expect(notice.top).toBe(0);
      expect(playground).toEqual({ top: notice.bottom, bottom: 200 });
    } finally {
      await browser.close();
    }
  },
);
