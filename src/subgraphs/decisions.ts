import type { Role } from '../graph/decisions.js';

/** Those who may ask for a field. Which rows they find behind it is PostgreSQL's affair. */
export const audiences = {
  anyone: ['ANONYMOUS', 'PARTNER', 'REVIEWER', 'ADMIN', 'SERVICE'],
  signedIn: ['PARTNER', 'REVIEWER', 'ADMIN', 'SERVICE'],
  editors: ['PARTNER', 'ADMIN', 'SERVICE'],
  reviewers: ['REVIEWER', 'ADMIN', 'SERVICE'],
  admins: ['ADMIN', 'SERVICE'],
} as const satisfies Record<string, readonly Role[]>;

export type Audience = keyof typeof audiences;

/** The fields of a type by who may ask for them, with spaces between. */
type Decisions = Readonly<Record<string, Partial<Record<Audience, string>>>>;

/** What every record has. */
const record =
  'claims confidence createdAt id origin publicationStatus revisions sourceNote sources updatedAt version withdrawnReason';

/** A list that comes in pages, and its edges. */
const pagesOf = (...names: string[]): Decisions =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}Connection`, { anyone: 'edges nodes pageInfo totalCount totalCountIsExact' }],
      [`${name}Edge`, { anyone: 'cursor node' }],
    ]),
  );

/** What mutations of records of these types answer. */
const payloadsOf = (...types: string[]): Decisions =>
  Object.fromEntries(
    types.map((type) => {
      const field = type.replace(/^./, (letter) => letter.toLowerCase());
      return [`${type}Payload`, { anyone: `conflictingFields currentVersion ${field} userErrors` }];
    }),
  );

/**
 * Every field of the schema, each under those who may ask for it. What is not named here keeps the graph from being built:
 * whoever adds a field decides who may see it.
 */
export const table: Decisions = {
  ...pagesOf(
    'ActionPlan',
    'Event',
    'GoodPractice',
    'Indicator',
    'Output',
    'Participation',
    'Partner',
    'PolicyInstrument',
    'Programme',
    'Project',
    'Region',
    'Revision',
    'Source',
    'Task',
    'Theme',
    'Transfer',
  ),
  ...payloadsOf(
    'Action',
    'ActionPlan',
    'Claim',
    'Event',
    'EventRole',
    'GoodPractice',
    'Output',
    'OutputUpdate',
    'Participation',
    'Partner',
    'PolicyInstrument',
    'Project',
    'Session',
    'Task',
    'Theme',
    'Transfer',
  ),
  Action: { anyone: `${record} contentLanguage plan position title transfer` },
  ActionPlan: {
    anyone: `${record} actions contentLanguage endorsedBy endorsedByText note project proposedBy slug status statusOn
      title versionLabel`,
  },
  AlternativeLabels: { anyone: 'labels language' },
  Change: { anyone: 'at kind record recordId type version' },
  ChangeConnection: { anyone: 'edges nodes pageInfo' },
  ChangeEdge: { anyone: 'cursor node' },
  Claim: {
    anyone: `confidence createdAt field id isSelected money origin publicationStatus qualifier record revisions source
      sourceNote subject updatedAt value version withdrawnReason`,
  },
  ContentLanguage: { anyone: 'origin tag' },
  Event: {
    anyone: `${record} agenda alternativeTitle city contentLanguage decisions description endDate endDatePrecision
      followUps formats host method mode objectives ordinal participantCountries practicesPresented project region
      roles sessions slug startDate startDatePrecision themes title types venue`,
  },
  EventRole: { anyone: `${record} contentLanguage contribution event label partner role session` },
  ExternalId: { anyone: 'id system' },
  FieldChange: { anyone: 'after before field' },
  GoodPractice: {
    anyone: `${record} completeness contentLanguage cost costBasis description difficulties endDate endDatePrecision
      evidence fundingSources identifiedIn inspiredBy isOngoing keywords lessonsLearnt links maturity measurements missing
      ongoingAsOf ongoingAsOfPrecision owner ownerText places practiceType presentedAt problem regions
      resourcesText scope sectors similar slug staff startDate startDatePrecision summary targetGroups themes
      timeframe title transferability transfers validation workflowHistory workflowStatus`,
  },
  Indicator: { anyone: `${record} name slug unit` },
  Measurement: {
    anyone: `${record} achieved achievedOn achievedOnPrecision baseline indicator method note practice qualifier target`,
  },
  Money: { anyone: 'amount currency' },
  Mutation: {
    editors: `goodPracticeCreate goodPracticeUpdate goodPracticeSubmit goodPracticeReopen
      eventCreate eventUpdate eventPublish eventWithdraw
      outputCreate outputUpdate outputReport outputPublish outputWithdraw
      taskCreate taskUpdate taskStart taskComplete taskCancel taskReopen taskPublish taskWithdraw
      actionPlanCreate actionPlanUpdate actionPlanEndorse actionPlanSupport actionPlanApprove actionPlanStart
      actionPlanComplete actionPlanPublish actionPlanWithdraw
      participationCreate participationUpdate participationPublish participationWithdraw
      transferCreate transferUpdate transferAssess transferPlan transferStart transferImplement transferMainstream
      transferHold transferResume transferAbandon transferRuleOut transferPublish transferWithdraw
      goodPracticeTranslate transferTranslate projectTranslate eventTranslate sessionTranslate eventRoleTranslate
      outputTranslate outputUpdateTranslate taskTranslate actionPlanTranslate actionTranslate partnerContactErase`,
    reviewers: `goodPracticeRequestChanges goodPracticeDecline goodPracticeAccept goodPracticeValidate partnerCreate`,
    admins: 'themeTranslate policyInstrumentTranslate',
    signedIn: `goodPracticeArchive goodPracticeWithdraw goodPracticePublish partnerUpdate partnerPublish partnerWithdraw
      claimCreate claimSelect claimWithdraw`,
  },
  Node: { anyone: 'id' },
  Outcome: {
    anyone: `${record} achieved achievedOn achievedOnPrecision baseline change changePercent indicator method note
      qualifier target targetReached transfer`,
  },
  Output: {
    anyone: `${record} contentLanguage description isMainResult languages project publishedOn publishedOnPrecision
      purpose responsible slug status technology title type updatedOn updates uses volume`,
  },
  OutputUpdate: { anyone: `${record} contentLanguage event note output reportedOn status` },
  PageInfo: { anyone: 'endCursor hasNextPage hasPreviousPage startCursor' },
  Participation: {
    anyone: `${record} budget endDate endDatePrecision partner position project regionCode regionThen replacedBy role
      roleLabel startDate startDatePrecision`,
  },
  Partner: {
    anyone: `${record} acronym contacts events formerNames goodPractices identifiers isNaturalPerson legalStatus name nameEnglish
      nameLatin nameOriginal nameOriginalLanguage otherNames participations place region slug specialisations
      tasks transfers type website`,
  },
  PartnerContact: { anyone: 'role text url', signedIn: 'email' },
  PartnerIdentifier: { anyone: 'scheme value' },
  PartnerName: { anyone: 'from kind language name to' },
  Place: { anyone: `${record} kind name nameLocal parent point region slug` },
  Point: { anyone: 'latitude longitude precision' },
  PolicyInstrument: {
    anyone: `${record} contentLanguage name programmeText region responsible slug transfers website`,
  },
  PracticeLink: { anyone: 'title url' },
  Programme: {
    anyone: `${record} actionType budget cooperationType endYear fund keyAction name objective partnersCount projects
      projectsCount slug startYear website`,
  },
  Project: {
    anyone: `${record} acronym actionPlans aim aliases budget coFunded contentLanguage contextTags endDate
      endDatePrecision euContribution events externalIds goodPractices interventionType objective outputs
      participations phase practicesSelected practicesSubmitted practicesTransferable precededBy priority
      programme reference sectors slug startDate startDatePrecision status targetGroups tasks themes title website
      websites`,
  },
  Query: {
    anyone: `_entities _service actionPlans changes event events goodPractice goodPractices hostsWithPractices indicators node
      nodes output outputs partner partners place policyInstruments programme programmes project projects region
      regions regionsToLearnFrom search source sources suggest tasks theme themes transfer transfers viewer`,
  },
  Region: {
    anyone: `${record} ancestors children code codeVersion countryCode descendants designationNote goodPractices group
      isoCountryCode level name nameEnglish nameLatin nameLocal parent partners predecessors scheme successors
      transfersIn transfersOut`,
  },
  RegionLink: { anyone: 'confidence fromVersion region sourceNote toVersion weightByArea weightByPopulation' },
  Revision: { anyone: 'at changes kind version', signedIn: 'note noteSource', admins: 'account' },
  SearchConnection: { anyone: 'degraded edges facets freshness nodes pageInfo relaxed totalCount totalCountIsExact' },
  SearchEdge: { anyone: 'cursor node' },
  SearchFacet: { anyone: 'field values' },
  SearchFacetValue: { anyone: 'count label parent value' },
  SearchFreshness: { anyone: 'lag upTo' },
  SearchHit: { anyone: 'distance highlights id item matchedIn score snippet title type url' },
  SearchRelaxation: { anyone: 'dropped isAnyWord' },
  SearchSegment: { anyone: 'isMatch text' },
  Session: { anyone: `${record} contentLanguage day event position practices roles subject types venue visited` },
  Source: {
    anyone: `confidence contentHash createdAt id kind licence origin publicationStatus published publishedPrecision
      publisher retrieved revisions slug sourceNote status title updatedAt url version withdrawnReason`,
  },
  Task: { anyone: `${record} assignee assigneeText contentLanguage kind project reviewedAt slug status title` },
  Theme: {
    anyone: `${record} alternativeLabels broader contentLanguage goodPractices label narrower notation related scheme
      slug`,
  },
  Transfer: {
    anyone: `${record} action actions adaptation barriers contentLanguage destination destinationPlace enablers endDate
      endDatePrecision funding fundingIsLasting fundingText kind lessons mechanisms note originPlaces origins
      outcomes owner policyInstrument practices project receiver receiverText reportedOn slug startDate
      startDatePrecision status statusHistory title`,
  },
  TransferStatusChange: { anyone: 'note on onPrecision sourceUrl status', admins: 'account' },
  Transferability: { anyone: 'adaptableParts constraints prerequisites rating successFactors' },
  UserError: { anyone: 'code field message' },
  Validation: { anyone: 'at atPrecision by byText level opinion' },
  Viewer: { anyone: 'account drafts may partner role' },
  WorkflowStep: { anyone: 'at from note publicationStatus sourceUrl to', admins: 'account' },
  _Service: { anyone: 'sdl' },
};
