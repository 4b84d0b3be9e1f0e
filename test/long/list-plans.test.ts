import { describeListPlans } from '../support/list-plans.js';

// So that each of the big lists has at least 50,000.
await describeListPlans(125_000);
