import { describeListPlans } from '../support/list-plans.js';

// What is asked for most; every list is looked at among the full figures.
await describeListPlans(50_000, ['GoodPractice', 'Partner', 'Transfer']);
