/** The first tabs of the playground; the README prints the same three with their answers. */
export const examples: readonly { title: string; query: string }[] = [
  {
    title: 'A project and its partners',
    query: `query Innocrafts {
  project(slug: "innocrafts") {
    acronym
    title
    programme { name }
    startDate
    endDate
    euContribution { amount currency }
    themes { notation label }
    participations(first: 3, where: { role: { in: [LEAD_PARTNER, PARTNER] }, isReplaced: false }) {
      totalCount
      nodes {
        role
        partner { name region { code name } }
      }
    }
  }
}
`,
  },
  {
    title: 'Practices with figures',
    query: `query PracticesOfTheme {
  goodPractices(where: { theme: { eq: "innocrafts-t2" }, hasMeasurements: true }) {
    totalCount
    nodes {
      title
      owner { name }
      regions { code name }
      measurements { indicator { name unit } qualifier achieved }
    }
  }
}
`,
  },
  {
    title: 'Transfers out of Ireland',
    query: `query TransfersOutOfIreland {
  region(code: "IE") {
    name
    transfersOut(orderBy: REPORTED_DESC) {
      totalCount
      nodes {
        status
        reportedOn
        practices { title }
        destination { name }
        receiver { name }
        outcomes { achieved }
      }
    }
  }
}
`,
  },
];
