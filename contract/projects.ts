// Projects, their collaborators and versions as they cross HTTP.
import { z } from 'zod';
import { Email } from './accounts.ts';
import { Brief } from './brief.ts';
import { Currency, Day, Id, JsonObject, line, PageQuery, Time, text } from './common.ts';
import { PROJECT_ROLES } from './permissions.ts';

export const PROJECT_STATUSES = ['draft', 'in_progress', 'approved', 'completed', 'archived'] as const;

/** The steps of the workspace, in order. */
export const PROJECT_STEPS = [
  'brief',
  'plan',
  'spaces',
  'furniture',
  'budget',
  'sustainability',
  'proposal',
] as const;
export type ProjectStep = (typeof PROJECT_STEPS)[number];

export const StepState = z.object({
  step: z.enum(PROJECT_STEPS),
  state: z.enum(['done', 'started', 'missing']),
  /** What is there, or what is missing, in words: "14 rooms found", "no floor plan yet". */
  detail: z.string(),
});

export const Client = z.object({
  name: line(255).optional(),
  email: Email.optional(),
  phone: line(40).optional(),
});

export const Requirements = Brief.omit({ budget: true, timeline: true, preferences: true });

export const Budget = z.object({
  min: z.number().nonnegative().max(1e11).optional(),
  max: z.number().nonnegative().max(1e11).optional(),
  target: z.number().nonnegative().max(1e11).optional(),
  currency: Currency.optional(),
  selected_scenario: z.string().max(100).optional(),
});
export const Timeline = z.object({
  delivery_date: Day.optional(),
  installation_date: Day.optional(),
  flexibility_days: z.number().int().min(0).max(3650).optional(),
});

export const SustainabilityTargets = z.object({
  max_carbon_kg: z.number().nonnegative().optional(),
  min_recycled_content_pct: z.number().min(0).max(100).optional(),
  min_recyclable_pct: z.number().min(0).max(100).optional(),
  required_certifications: z.array(line(100)).max(20).optional(),
});

export const Project = z.object({
  id: Id,
  owner_id: Id,
  organization_id: Id.nullable(),
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(PROJECT_STATUSES),
  client: JsonObject,
  requirements: JsonObject,
  budget: JsonObject,
  timeline: JsonObject,
  preferences: JsonObject,
  sustainability_targets: JsonObject,
  current_step: z.enum(PROJECT_STEPS),
  progress_pct: z.number().int(),
  steps: z.array(StepState),
  tags: z.array(z.string()),
  metadata: JsonObject,
  /** A pattern that new projects of its organization begin from. */
  is_template: z.boolean(),
  /** What the person asking may do here. */
  role: z.enum(PROJECT_ROLES),
  revision: z.number().int(),
  created_at: Time,
  updated_at: Time,
  deleted_at: Time.nullable(),
});
export type Project = z.infer<typeof Project>;

export const ProjectListItem = z.object({
  id: Id,
  name: z.string(),
  status: z.enum(PROJECT_STATUSES),
  role: z.enum(PROJECT_ROLES),
  client_name: z.string().nullable(),
  current_step: z.enum(PROJECT_STEPS).nullable(),
  progress_pct: z.number().int(),
  /** What the total is measured against: the stated target, else the middle of a range, else the maximum. */
  budget_target: z.number().nullable(),
  /** Total of the selected scenario, if one is selected. */
  selected_total: z.number().nullable(),
  currency: z.string(),
  /** The floor plan whose drawing serves as thumbnail, if one is analyzed. */
  floor_plan_id: Id.nullable(),
  is_template: z.boolean(),
  tags: z.array(z.string()),
  created_at: Time,
  updated_at: Time,
  deleted_at: Time.nullable(),
});
export type ProjectListItem = z.infer<typeof ProjectListItem>;

export const ProjectListQuery = PageQuery.extend({
  status: z.enum(PROJECT_STATUSES).optional(),
  q: z.string().trim().max(200).optional(),
  organization_id: Id.optional(),
  deleted: z.enum(['true', 'false']).default('false'),
  template: z.enum(['true', 'false']).optional(),
});
export type ProjectListQuery = z.infer<typeof ProjectListQuery>;

export const CreateProjectRequest = z.object({
  name: line(255),
  description: text(5000).optional(),
  organization_id: Id.nullable().optional(),
  client: Client.optional(),
  budget: Budget.omit({ selected_scenario: true }).optional(),
  timeline: Timeline.optional(),
  tags: z.array(line(50)).max(20).optional(),
});
export type CreateProjectRequest = z.infer<typeof CreateProjectRequest>;

export const UpdateProjectRequest = z
  .object({
    name: line(255),
    description: text(5000).nullable(),
    status: z.enum(PROJECT_STATUSES),
    client: Client,
    requirements: Requirements,
    budget: Budget.omit({ selected_scenario: true }),
    timeline: Timeline,
    preferences: Brief.shape.preferences.unwrap(),
    sustainability_targets: SustainabilityTargets,
    tags: z.array(line(50)).max(20),
  })
  .partial();
export type UpdateProjectRequest = z.infer<typeof UpdateProjectRequest>;

export const Collaborator = z.object({
  id: Id,
  user_id: Id,
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  role: z.enum(PROJECT_ROLES),
  invited_at: Time,
  accepted_at: Time.nullable(),
});
export type Collaborator = z.infer<typeof Collaborator>;
export const AddCollaboratorRequest = z.object({
  email: Email,
  role: z.enum(PROJECT_ROLES).default('viewer'),
});
export const UpdateCollaboratorRequest = z.object({ role: z.enum(PROJECT_ROLES) });

/** What the live stream of a project says: something of this kind changed; fetch it again. */
export const ProjectEvent = z.object({
  type: z.enum([
    'project.updated',
    'floor_plan.progress',
    'floor_plan.updated',
    'spaces.updated',
    'conversation.updated',
    'recommendation.progress',
    'recommendation.updated',
    'scenario.selected',
    'export.progress',
    'export.updated',
    'collaborators.updated',
    'versions.updated',
    'comments.updated',
    'sharing.updated',
  ]),
  project_id: Id,
  subject_id: Id.optional(),
  progress_pct: z.number().int().min(0).max(100).optional(),
  note: z.string().optional(),
  actor_id: Id.optional(),
  at: Time,
});
export type ProjectEvent = z.infer<typeof ProjectEvent>;

/** Somebody who has the project open now. */
export const Present = z.object({
  user_id: Id,
  name: z.string(),
  /** The step of the workspace they look at. */
  step: z.enum(PROJECT_STEPS).nullable(),
});
export type Present = z.infer<typeof Present>;
export const PresenceRequest = z.object({ connection_id: Id, step: z.enum(PROJECT_STEPS).nullable() });
export const LiveQuery = z.object({ step: z.enum(PROJECT_STEPS).optional() });
