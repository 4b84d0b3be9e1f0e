/** Why a gateway cannot start; the message lists every fault, a line each. */
export class GatewayFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The gateway cannot start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
