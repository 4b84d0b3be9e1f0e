import { describeListPlans } from '../support/list-plans.js';

await describeListPlans(30_000);
