import { describeListPlans } from '../support/list-plans.js';

await describeListPlans(50_000);
