/**
 * The codes of every enumeration, in the field's terms. Labels in seven languages, edition and source stand in `vocabularies/`.
 * Sources of the lists: EEN partnering profiles, GB/T 22900, the Civil Code's contract kinds, ISO, and the plan itself.
 */

export const recordTypes = {
  'project-results': ['PR'],
  'technology-reserve': ['TO', 'BO'],
  'cooperation-demand': ['TR', 'BR', 'RDR', 'CAP'],
  'platform-institutions': ['PI']
} as const

export const sourceChannels = [
  'enterprise', 'university', 'research-institute', 'embassy', 'foreign-chamber', 'international-organisation',
  'overseas-park', 'event', 'import-een', 'import-other', 'staff'
] as const

export const visibilities = ['staff', 'network', 'demand-side', 'public-anonymous', 'public-named'] as const

export const controlStates = [
  'unassessed', 'machine-flagged', 'not-listed', 'free', 'restricted', 'prohibited', 'dual-use', 'undetermined', 'not-applicable', 'secret'
] as const

export const screeningStates = ['not-screened', 'hit', 'cleared-by'] as const

export const recordStates = ['new', 'published', 'paused', 'expired', 'withdrawn', 'archived', 'merged'] as const
export const workingStates = ['draft', 'submitted', 'in-review', 'approved'] as const
export const matchStates = ['proposed', 'in-review', 'approved', 'rejected', 'deferred', 'withdrawn'] as const
export const introductionStates = [
  'prepared', 'approached', 'supplier-accepted', 'demand-asked', 'accepted', 'released',
  'contacted', 'met', 'pilot', 'contract-talks', 'agreed', 'ended'
] as const

export const developmentStages = ['concept', 'under-development', 'lab-tested', 'demonstration', 'on-market'] as const
export const maturityStages = ['early', 'middle', 'mature'] as const
export const iprStatuses = ['none', 'secret-know-how', 'applied', 'granted'] as const
export const iprTypes = [
  'invention-patent', 'utility-model', 'design', 'copyright', 'software-copyright', 'trademark', 'plant-variety', 'ic-layout', 'know-how'
] as const
export const iprOwnerships = ['sole', 'joint', 'licensed-in', 'state-funded', 'third-party-consent-needed'] as const

export const cooperationModes = [
  'assignment', 'exclusive-licence', 'sole-licence', 'non-exclusive-licence', 'technical-service', 'technical-consulting',
  'joint-development', 'commissioned-development', 'joint-venture', 'equity-contribution', 'manufacturing', 'supply', 'distribution',
  'turnkey', 'demonstration-project', 'training', 'joint-lab', 'investment', 'talent-exchange', 'standards-cooperation'
] as const

export const priceModels = ['lump-sum', 'royalty', 'hybrid', 'equity', 'negotiable'] as const

export const partnerTypes = [
  'sme-up-to-10', 'sme-11-49', 'sme-50-249', 'large-company', 'research-institution', 'university', 'government', 'park', 'other'
] as const

export const organisationTypes = [
  'enterprise', 'university', 'research-institute', 'hospital', 'government', 'embassy', 'consulate', 'chamber',
  'international-organisation', 'park', 'service-institution', 'other'
] as const

/** What a demand looks for; it routes the matcher: a park or an investment has no technology behind it. */
export const seekings = ['technology', 'research-partner', 'facility', 'training', 'park', 'investment'] as const
export const offerings = ['technology', 'research-capability', 'facility', 'training'] as const

export const criterionKinds = ['must', 'nice', 'not'] as const
export const criterionOperators = ['eq', 'gte', 'lte', 'gt', 'lt', 'between'] as const

export const endUserTypes = ['ministry', 'state-enterprise', 'private-company', 'university', 'ngo', 'community', 'other'] as const
export const intakeChannels = ['note-verbale', 'email', 'meeting', 'form', 'visit', 'spreadsheet'] as const
export const budgetSources = ['own', 'loan', 'grant', 'development-bank', 'aid'] as const

export const resultKinds = [
  'scitech-result', 'cooperation-project', 'joint-lab', 'technology-transfer', 'standard', 'training', 'park', 'event'
] as const
export const resultClasses = ['applied-technology', 'basic-theory', 'soft-science'] as const
export const resultForms = [
  'new-technology', 'new-process', 'new-product', 'new-material', 'new-equipment', 'new-variety', 'software', 'standard', 'paper', 'other'
] as const
export const outcomeTypes = [
  'contract', 'licence', 'joint-venture', 'joint-lab', 'demonstration', 'product-sale', 'standard-adopted', 'patent',
  'publication', 'staff-trained', 'investment'
] as const
export const evidenceGrades = ['document', 'third-party', 'self-reported'] as const
export const attributions = ['originated', 'assisted', 'reported'] as const
export const partnerRoles = ['lead', 'partner', 'funder', 'user'] as const
export const contractKinds = ['development', 'transfer', 'licence', 'consulting', 'service'] as const

export const institutionTypes = [
  'technology-transfer', 'international-base', 'joint-lab', 'incubator', 'park', 'overseas-park', 'chamber', 'law-firm', 'accounting-tax',
  'ip-agency', 'testing-certification', 'consulting', 'translation', 'logistics', 'insurance', 'bank-fund', 'human-resources',
  'embassy-office', 'international-organisation', 'overseas-centre'
] as const
export const services = [
  'research-development', 'technology-transfer', 'inspection-certification', 'incubation', 'intellectual-property', 'sci-tech-consulting',
  'sci-tech-finance', 'science-popularisation', 'comprehensive', 'market-entry', 'odi-filing', 'export-control-advice',
  'technology-export-registration', 'overseas-ip', 'product-certification', 'tax', 'legal-dispute', 'standards', 'landing-space', 'recruitment',
  'translation-interpretation', 'logistics-customs', 'export-credit-insurance', 'financing', 'exhibition', 'training'
] as const
export const serviceModes = ['on-site', 'remote', 'partner'] as const
export const pricings = ['free', 'subsidised', 'fixed', 'hourly', 'success-fee'] as const
export const languageLevels = ['basic', 'working', 'professional', 'native'] as const

/** Why a side declines or staff reject: one list for reviewers, owners and ranking. */
export const declineCodes = [
  'too-early-stage', 'benefit-unclear', 'commercial-route-unclear', 'description-unclear', 'scientific-issue', 'not-in-scope',
  'already-have-solution', 'budget', 'timing', 'standards-or-certification', 'language', 'country-policy', 'export-control', 'party-risk',
  'no-reply', 'duplicate', 'other'
] as const

/** Why a working version goes back to its author. */
export const returnCodes = [
  'incomplete', 'description-unclear', 'wrong-library', 'wrong-classification', 'identity-leak', 'confidential-content', 'duplicate',
  'not-eligible', 'secrecy-concern', 'other'
] as const

export const strengthBands = ['strong', 'good', 'possible'] as const

/** The ten high-precision sectors, 2017 edition, and the "2441" plan of 2021: different tens, both kept. */
export const sectors2017 = [
  'next-gen-it', 'integrated-circuits', 'health', 'intelligent-equipment', 'energy-saving-environment', 'new-energy-vehicles',
  'new-materials', 'artificial-intelligence', 'software-services', 'sci-tech-services'
] as const
export const sectors2021 = [
  'next-gen-it-2021', 'health-2021', 'integrated-circuits-2021', 'connected-vehicles', 'intelligent-manufacturing', 'green-energy',
  'blockchain-computing', 'sci-tech-services-2021', 'smart-city', 'digital-content'
] as const
/** Fields the action plan names for cooperation abroad, beyond the two official tens. */
export const planFields = ['modern-agriculture', 'new-energy', 'commercial-space', 'rail-construction', 'fintech', 'water-environment', 'disaster-safety', 'biotech'] as const

/** Regions of the plan, the unit of its priorities. */
export const planRegions = [
  'southeast-asia', 'south-asia', 'east-asia', 'central-asia', 'russia-caucasus', 'middle-east', 'africa', 'central-eastern-europe',
  'western-europe', 'latin-america', 'north-america', 'oceania'
] as const

export const classificationSchemes = [
  'beijing-high-precision', 'plan-field', 'ipc', 'cpc', 'gbt-4754', 'nace', 'een-technology', 'een-market', 'sdg', 'strategic-emerging'
] as const
export const assigners = ['owner', 'staff', 'machine'] as const

export const fileConfidentialities = ['public', 'network', 'staff', 'owner'] as const
