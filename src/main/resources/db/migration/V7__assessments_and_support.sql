-- The assessment of a family, the help that follows, and the closing of a child's episode. As before: nothing is deleted.

create table assessment (
  id              uuid primary key,
  case_id         uuid not null references family_case,
  contact_id      uuid references contact,
  begun_at        timestamptz not null,
  part_of_enquiry boolean not null,            -- what follows is decided where the enquiry ends
  page            jsonb not null default '{}', -- as written so far, by field: a page that comes back shows it again
  factors         text[] not null default '{}',
  written_by      text,
  to_change       text,                        -- what the manager wants changed before agreeing
  agreed_at       timestamptz,
  agreed_by       text,
  why_late        text,
  withdrawn_as    text,
  constraint factors_of_the_census check (factors <@ array['1A', '1B', '1C', '2A', '2B', '2C', '3A', '3B', '3C', '4A', '4B', '4C',
    '5A', '5B', '5C', '6A', '6B', '6C', '7A', '8B', '8C', '8D', '8E', '8F', '9A', '10A', '11A', '12A', '13A', '14A', '15A', '16A', '17A',
    '18B', '18C', '19B', '19C', '20', '21', '22A', '23A', '24A']),
  -- returns rule 8869
  constraint no_factors_alone check (not '21' = any (factors) or cardinality(factors) = 1),
  -- returns rule 8867: what is complete has factors, and a manager's name
  constraint agreed_when_complete check (agreed_at is null or cardinality(factors) > 0 and agreed_by is not null)
);
create index assessment_case on assessment (case_id);

create table assessment_child (
  assessment_id uuid not null references assessment,
  person_id     uuid not null references person,
  seen          boolean,
  ended_at      timestamptz,                   -- agreed or withdrawn
  next_step     text check (next_step in ('strategy-discussion', 'child-in-need', 'early-help', 'no-further-action')),
  reasons       text,
  decided_at    timestamptz,
  decided_by    text,
  primary key (assessment_id, person_id),
  constraint decided_with_reasons check ((next_step is null) = (reasons is null))
);
create unique index one_open_assessment_per_child on assessment_child (person_id) where ended_at is null;
create index assessment_child_person on assessment_child (person_id);

-- More time, as a manager agreed to it. The limit itself does not move.
create table assessment_extension (
  assessment_id uuid not null references assessment,
  until_day     date not null,
  why           text not null,
  agreed_at     timestamptz not null,
  agreed_by     text not null
);
create index assessment_extension_assessment on assessment_extension (assessment_id);

-- Help: of what kind, for whom, and who has it by name.
create table support (
  id              uuid primary key,
  case_id         uuid not null references family_case,
  contact_id      uuid references contact,
  follows         uuid,                        -- the assessment, enquiry or conference that asked for it; empty after a contact
  kind            text not null check (kind in ('early-help', 'child-in-need', 'step-down', 'legal-action')),
  begun_at        timestamptz not null,
  help            text,
  receiver_user   text,                        -- one of the team, or
  receiver_name   text,                        -- somebody of an agency
  receiver_agency text,
  declined_why    text,                        -- why the one who was asked last could not
  accepted_at     timestamptz,
  accepted_by     text,
  ended_at        timestamptz,
  ended_as        text,
  constraint one_receiver check (receiver_user is null or receiver_name is null),
  constraint receiver_of_an_agency check ((receiver_name is null) = (receiver_agency is null)),
  constraint accepted_by_somebody check (accepted_at is null or coalesce(receiver_user, receiver_name) is not null),
  constraint ended_with_how check ((ended_at is null) = (ended_as is null))
);
create index support_case on support (case_id);

create table support_child (
  support_id uuid not null references support,
  person_id  uuid not null references person,
  ended_at   timestamptz,
  primary key (support_id, person_id)
);
create unique index one_support_per_child on support_child (person_id) where ended_at is null;
create index support_child_person on support_child (person_id);

create table support_review (
  support_id  uuid not null references support,
  person_id   uuid not null references person,
  how         text not null check (how in ('better', 'same', 'worse')),
  evidence    text not null,
  reviewed_at timestamptz not null,
  reviewed_by text not null
);
create index support_review_support on support_review (support_id);

-- Why a child's episode closes, as the census spells it (returns rules 8805 and 8810: a closing day has a reason, and a reason a day).
-- A decision that was taken back never was a referral; a death has its own page.
alter table episode
  add closing_code text check (closing_code in ('RC1', 'RC2', 'RC3', 'RC4', 'RC5', 'RC6', 'RC7', 'RC8', 'RC9')),
  add constraint closed_by_code check (closing_code is null and closed_at is null
    or closed_at is not null and (closing_code is not null or closed_why in ('decision taken back', 'child died'))),
  add constraint not_closed_before_it_was_referred check (closing_code is null
    or (closed_at at time zone 'Europe/London')::date >= (referred_at at time zone 'Europe/London')::date);
