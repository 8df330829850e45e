-- The child's record. A case is a family; what is true of one child is a row of that child. Nothing is deleted.

create extension if not exists pg_trgm with schema public;
create extension if not exists fuzzystrmatch with schema public;
create extension if not exists unaccent with schema public;

-- People --------------------------------------------------------------------------------------------------------

create table person (
  id             uuid primary key default gen_random_uuid(),
  born_on        date,
  age_about      integer check (age_about between 0 and 120),
  expected_on    date,                         -- an unborn child: a child of the case, not yet a person in law
  died_on        date,
  sex            char(1) check (sex in ('F', 'M', 'U')),
  address        text,
  address_protected boolean not null default false,
  phone          text,
  language       text,
  interpreter    boolean not null default false,
  format         text,
  advocate       text,
  disability     text,
  name_checked_with text,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  constraint born_or_expected check (born_on is null or expected_on is null)
);

-- Every name a person goes by; the first is how the family spells it.
create table person_name (
  person_id   uuid not null references person,
  position    integer not null,
  first_name  text not null,
  last_name   text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (person_id, position)
);

-- O'Neill, ONeill and Ó Néill are one spelling to a search.
create function plain_name(name text) returns text language sql immutable parallel safe as
  $$ select regexp_replace(lower(public.unaccent('public.unaccent', name)), '[^[:alnum:] ]', '', 'g') $$;

create index person_name_alike on person_name using gin (plain_name(first_name || ' ' || last_name) public.gin_trgm_ops);
create index person_name_sound on person_name (public.dmetaphone(plain_name(first_name)));
create index person_home on person (plain_name(address)) where address is not null;
create index person_born on person (born_on);
create index person_expected on person (expected_on) where expected_on is not null;

-- Cases ---------------------------------------------------------------------------------------------------------

create sequence case_number;
create sequence contact_number;

create table family_case (
  id          uuid primary key default gen_random_uuid(),
  reference   text not null unique,
  opened_at   timestamptz not null,
  closed_at   timestamptz,
  joined_into uuid references family_case      -- a duplicate: its reference lives on as an alias
);

-- A case is read together with the duplicates that were joined into it.
create index family_case_alias on family_case (joined_into) where joined_into is not null;

create table case_link (
  case_id  uuid not null references family_case,
  other_id uuid not null references family_case,
  why      text not null,
  linked_at timestamptz not null,
  linked_by text not null,
  primary key (case_id, other_id)
);

-- Who belongs to the family of a case. A person belongs to no case and may appear in several.
create table case_person (
  case_id     uuid not null references family_case,
  person_id   uuid not null references person,
  child       boolean not null,
  relation    text,
  lives       text,
  since       timestamptz not null,
  until       timestamptz,
  until_why   text
);
create unique index one_place_in_a_case on case_person (case_id, person_id) where until is null;
create index case_person_person on case_person (person_id);

-- Rows per child ------------------------------------------------------------------------------------------------

create table responsibility (
  person_id uuid not null references person,
  case_id   uuid not null references family_case,
  team      text not null,
  since     timestamptz not null,
  until     timestamptz
);
create unique index one_holder_per_child on responsibility (person_id) where until is null;
create index responsibility_case on responsibility (case_id) where until is null;

create table lead_professional (
  person_id uuid not null references person,
  case_id   uuid not null references family_case,
  user_id   text not null,
  why       text not null,
  since     timestamptz not null,
  until     timestamptz,
  named_by  text not null
);
create unique index one_lead_per_child on lead_professional (person_id) where until is null;
create index lead_professional_case on lead_professional (case_id);

create table legal_status (
  person_id   uuid not null references person,
  case_id     uuid not null references family_case,
  status      text not null,
  since       timestamptz not null,
  until       timestamptz,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index legal_status_person on legal_status (person_id);

-- An unborn child has no legal status of its own: no order can name it before birth.
create function no_order_before_birth() returns trigger language plpgsql as $$
begin
  if exists (select from person where id = new.person_id and expected_on is not null) then
    raise exception 'no order before birth' using errcode = 'check_violation', constraint = 'no_order_before_birth';
  end if;
  return new;
end $$;
create trigger no_order_before_birth before insert on legal_status
  for each row execute function no_order_before_birth();

-- Contacts ------------------------------------------------------------------------------------------------------

create table contact (
  id               uuid primary key default gen_random_uuid(),
  reference        text not null unique,
  case_id          uuid references family_case,
  team             text,
  received_at      timestamptz,
  opened_at        timestamptz not null,
  opened_by        text not null,
  how              text,
  source_reference text,
  who_referred     text,
  referrer_name    text,
  referrer_role    text,
  agency           text,
  source_code      text,
  referrer_phone   text,
  referrer_reach   text,
  withhold_name    boolean not null default false,
  whereabouts      text,
  safe_now         text,
  safe_now_why     text,
  others_who_know  text,
  parents_know     text,
  parents_not_asked_why text,
  own_lead_asked   text,
  history_meaning  text,
  recommendation   text,
  because          text,
  ended_as         text
);
-- The same notice sent twice is one contact.
create unique index one_contact_per_source_reference
  on contact (coalesce(agency, ''), lower(source_reference)) where source_reference is not null;
create index contact_case on contact (case_id);

create table contact_person (
  id         uuid primary key default gen_random_uuid(),
  contact_id uuid not null references contact,
  person_id  uuid references person,           -- empty until the worker has chosen
  child      boolean not null,
  relation   text,
  lives      text,
  typed      jsonb not null,
  position   integer generated always as identity
);
create index contact_person_contact on contact_person (contact_id);
create index contact_person_person on contact_person (person_id);

create table concern (
  id             uuid primary key default gen_random_uuid(),
  contact_id     uuid not null references contact,
  nature         text not null check (nature in ('fact', 'reported', 'judgement')),
  reported_by    text,
  narrative      text not null,
  happened_at    timestamptz,
  where_harm     text,
  factors        text[] not null,
  alleged_person text,
  alleged_works_with_children text,
  alleged_is_child text,
  recorded_at    timestamptz not null,
  recorded_by    text not null
);
create index concern_contact on concern (contact_id);

create table concern_child (
  concern_id uuid not null references concern,
  person_id  uuid not null references person,
  primary key (concern_id, person_id)
);

-- Involvement of agencies and professionals --------------------------------------------------------------------

create table involvement (
  id          uuid primary key default gen_random_uuid(),
  case_id     uuid not null references family_case,
  contact_id  uuid references contact,
  agency      text not null,
  name        text,
  role        text,
  phone       text,
  since       timestamptz not null,
  until       timestamptz
);
create index involvement_case on involvement (case_id);

-- Decisions -----------------------------------------------------------------------------------------------------

create table decision (
  id              uuid primary key default gen_random_uuid(),
  contact_id      uuid not null references contact,
  case_id         uuid not null references family_case,
  response        text not null,
  reasons         text not null,
  recommendation  text,
  overrule_reason text,
  protect_now     boolean not null,
  decided_at      timestamptz not null,
  decided_by      text not null,
  recorded_at     timestamptz not null,
  taken_back_at   timestamptz,
  taken_back_by   text,
  taken_back_why  text
);
create unique index one_standing_decision on decision (contact_id) where taken_back_at is null;
create index decision_case on decision (case_id);

-- The recorded decision per child is the outcome.
create table decision_child (
  decision_id uuid not null references decision,
  person_id   uuid not null references person,
  response    text not null,
  reasons     text,
  effect      text not null check (effect in ('referral', 'new concern', 'no referral')),
  primary key (decision_id, person_id)
);

create table episode (
  id          uuid primary key default gen_random_uuid(),
  person_id   uuid not null references person,
  case_id     uuid not null references family_case,
  decision_id uuid not null references decision,
  referred_at timestamptz not null,            -- a referral is dated at receipt, not at decision
  source_code text,
  closed_at   timestamptz,
  closed_why  text,
  constraint closed_with_reason check ((closed_at is null) = (closed_why is null))
);
create unique index one_open_episode_per_child on episode (person_id) where closed_at is null;
create index episode_case on episode (case_id);

-- Chronology: what happened, and what was recorded when. Append-only. -----------------------------------------

create table chronology_entry (
  id            uuid primary key default gen_random_uuid(),
  position      bigint generated always as identity,
  contact_id    uuid references contact,
  case_id       uuid references family_case,
  person_id     uuid references person,
  what          text not null,
  happened_at   timestamptz not null,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  on_behalf_of  text,
  on_behalf_how text,
  nature        text not null check (nature in ('fact', 'reported', 'judgement')),
  words         text,
  fields        jsonb not null default '[]',
  task_id       text,
  clock_id      uuid,
  corrects      uuid references chronology_entry,
  correction_why text,
  constraint a_correction_has_a_reason check ((corrects is null) = (correction_why is null))
);
create index chronology_contact on chronology_entry (contact_id);
create index chronology_case on chronology_entry (case_id);
create unique index corrected_once on chronology_entry (corrects) where corrects is not null;
create unique index one_entry_per_task on chronology_entry (task_id) where task_id is not null and corrects is null;

create function append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.case_id is null
     and (to_jsonb(new) - 'case_id') = (to_jsonb(old) - 'case_id') then
    return new;                                -- a contact finds its family: the only change an entry knows
  end if;
  raise exception 'the chronology is append-only';
end $$;
create trigger append_only before update or delete on chronology_entry
  for each row execute function append_only();

-- Clocks ------------------------------------------------------------------------------------------------------------

create table clock (
  id            uuid primary key default gen_random_uuid(),
  process       text not null,
  obligation    text not null,
  process_instance_id text not null,
  contact_id    uuid references contact,
  case_id       uuid references family_case,
  count_from    text not null,
  counted_from  timestamptz not null,
  due_at        timestamptz not null,
  amber_at      timestamptz not null,
  rule          text not null,
  class         text not null,
  basis         text not null,
  source        text not null,
  rule_version  integer not null,
  escalate_to   text not null,
  opened_at     timestamptz not null,
  met_at        timestamptz,
  met_recorded_at timestamptz,
  ended_at      timestamptz,
  ended_as      text check (ended_as in ('met', 'withdrawn')),
  constraint met_when_met check ((ended_as = 'met') = (met_at is not null) or ended_as is null)
);
create index clock_open on clock (due_at) where ended_at is null;
create index clock_contact on clock (contact_id);
create index clock_case on clock (case_id);
create index clock_process on clock (process_instance_id);

create table clock_change (
  clock_id   uuid not null references clock,
  changed_at timestamptz not null,
  was_due    timestamptz not null,
  now_due    timestamptz not null,
  why        text not null
);
create index clock_change_clock on clock_change (clock_id);

-- An escalation is a waiting manager; each tier is asked once per clock.
create table escalation_step (
  clock_id   uuid not null references clock,
  level      integer not null,
  asked      text not null,                    -- the groups asked at this level, comma separated
  asked_at   timestamptz not null,
  primary key (clock_id, level)
);

create table escalation_answer (
  id         uuid primary key default gen_random_uuid(),
  clock_id   uuid not null references clock,
  level      integer not null,
  cause      text not null,
  agreed     text not null,
  new_date   timestamptz not null,
  answered_at timestamptz not null,
  answered_by text not null
);
create index escalation_answer_clock on escalation_answer (clock_id);

create table holiday_override (
  day        date primary key,
  name       text not null,
  working    boolean not null,                 -- false: an extra holiday; true: a holiday taken away
  source     text not null,
  entered_at timestamptz not null,
  entered_by text not null
);

-- The desk: what is typed but not yet handed in, and who looked at what -------------------------------------------

create table draft (
  task_id  text not null,
  user_id  text not null,
  fields   jsonb not null,
  saved_at timestamptz not null,
  primary key (task_id, user_id)
);

create table read_audit (
  user_id text not null,
  read_at timestamptz not null,
  what    text not null,
  contact_id uuid,
  case_id uuid
);
create index read_audit_case on read_audit (case_id, read_at);

create table deputy (
  role      text not null,
  user_id   text not null,
  since     timestamptz not null,
  until     timestamptz not null,
  ended_at  timestamptz,
  named_by  text not null,
  primary key (role, user_id, since)
);

-- Whether two people are alike enough to be shown to the worker, who decides.
create function asked_enough(spelling real, sound boolean, birthday boolean, home boolean) returns boolean
  language sql immutable parallel safe as
  $$ select spelling > 0.55 or sound or (birthday and spelling > 0.2) or (home and spelling > 0.3) $$;
