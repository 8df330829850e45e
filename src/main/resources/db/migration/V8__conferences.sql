-- Conferences: who is asked, what they bring, what they think, and what is decided for each child. As before: nothing is deleted.

-- What a conference has beyond any meeting.
create table conference (
  meeting_id     uuid primary key references meeting,
  enquiry_id     uuid,                         -- the section 47 enquiry that asked for it
  transfer       boolean not null default false,
  reviews        uuid references meeting,      -- the conference whose plans it reviews
  chair          text,                         -- who was named to chair it
  purpose        text,
  late_why       text,                         -- why it is planned beyond its limit
  -- when people sat together, or waited in vain; the meeting itself is held only where it was quorate or went on
  met_at         timestamptz,
  took_place     boolean,
  may_go_on      boolean,
  goes_on_why    text,
  next_at        timestamptz,                  -- the new day after it was not quorate
  next_how       text,
  plan_until_then text,                        -- what the review of the plan, or interim plan, said
  early_review_at timestamptz,                 -- since when an early review is asked
  -- what was named for afterwards
  review_at      timestamptz,
  core_group_at  timestamptz,
  dates_late_why text,
  must_not_miss  text,                         -- appointments that must not be missed (learning point K-14)
  -- returns rule 8615
  constraint asked_by_an_enquiry_a_move_or_a_plan check (enquiry_id is not null or transfer or reviews is not null)
);
create index conference_reviews on conference (reviews);

alter table attendance add person_id uuid references person;

-- Somebody who is asked to come, or knowingly is not.
create table invitation (
  id          uuid primary key default gen_random_uuid(),
  meeting_id  uuid not null references meeting,
  position    integer generated always as identity,
  person_id   uuid references person,          -- one of the family, or
  agency      text,                            -- a professional's agency
  name        text not null,
  role        text,
  reach       text,
  purpose     text check (purpose in ('for-action', 'for-information')),
  direct_contact boolean not null default false, -- the agency works with the child itself
  part        text check (part in ('comes', 'seen-apart', 'left-out', 'another-way')),
  part_why    text,
  views_how   text,                            -- how their views are heard without them in the room
  advocate    text,
  invited_at  timestamptz not null,
  invited_by  text not null,
  constraint professional_or_family check ((agency is null) <> (person_id is null)),
  constraint apart_with_reason check (part is distinct from 'seen-apart' and part is distinct from 'left-out' or part_why is not null and views_how is not null)
);
create index invitation_meeting on invitation (meeting_id);
create unique index invited_once on invitation (meeting_id, person_id) where person_id is not null;

-- What an agency brings to a conference; social care writes the own report.
create table conference_report (
  id          uuid primary key default gen_random_uuid(),
  meeting_id  uuid not null references meeting,
  agency      text not null,
  done        text,
  known       text,
  child_says  text,
  risk        text,
  none_why    text,                            -- why there is no report
  shared_with_chair date,
  given_at    timestamptz not null,
  given_by    text not null,
  constraint report_or_why check ((risk is null) <> (none_why is null))
);
create index conference_report_meeting on conference_report (meeting_id);

-- When a parent or carer got the own report, or why not.
create table report_shared (
  report_id uuid not null references conference_report,
  person_id uuid not null references person,
  shared_on date,
  why_not   text,
  primary key (report_id, person_id),
  constraint shared_or_why check ((shared_on is null) <> (why_not is null))
);

-- How each child took part, by the codes of the returns (learning point P-39).
create table participation (
  meeting_id uuid not null references meeting,
  person_id  uuid not null references person,
  code       text not null check (code in ('PN0', 'PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7')),
  primary key (meeting_id, person_id)
);

-- What an agency thinks of a conference's decision; dissent is dissent (learning point K-10).
create table conference_view (
  id          uuid primary key default gen_random_uuid(),
  meeting_id  uuid not null references meeting,
  position    integer generated always as identity,
  agency      text not null,
  name        text,
  person_id   uuid references person,          -- the child it is about; empty for all
  view        text not null,
  dissents    boolean not null,
  dissent_why text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint dissent_with_reason check (dissents = (dissent_why is not null))
);
create index conference_view_meeting on conference_view (meeting_id);

alter table meeting_outcome drop constraint meeting_outcome_outcome_check;
alter table meeting_outcome add constraint meeting_outcome_outcome_check check (outcome in ('section-47-joint', 'section-47-single', 'assessment',
  'no-further-action', 'plan-begins', 'plan-continues', 'plan-ends', 'plan-ends-with-support', 'support-without-plan', 'no-plan'));
-- the category of harm under which a plan begins or continues
alter table meeting_outcome add category text
  check (category in ('neglect', 'physical-abuse', 'sexual-abuse', 'emotional-abuse', 'multiple')),
  add constraint plan_with_category check ((category is not null) = (outcome in ('plan-begins', 'plan-continues')));

-- Whom the decisions of a conference were sent to, or why not.
create table decision_letter (
  id          uuid primary key default gen_random_uuid(),
  meeting_id  uuid not null references meeting,
  recipient   text not null,
  person_id   uuid references person,
  agency      text,
  way         text,
  sent_at     timestamptz,
  left_out_why text,
  recorded_by text not null,
  constraint sent_or_why check ((sent_at is null) <> (left_out_why is null))
);
create index decision_letter_meeting on decision_letter (meeting_id);
