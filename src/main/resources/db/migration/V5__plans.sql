-- What must change for each child, who sees the child, and what conferences may not get wrong. As before: nothing is deleted.

create extension if not exists btree_gist with schema public;

alter table meeting drop constraint meeting_kind_check;
alter table meeting add constraint meeting_kind_check check (kind in ('strategy-discussion', 'initial-conference', 'pre-birth-conference',
  'transfer-in-conference', 'review-conference', 'core-group'));
-- returns rule 8875: an initial conference never falls on a weekend
alter table meeting add constraint no_initial_conference_on_a_weekend check (held_at is null
  or kind not in ('initial-conference', 'pre-birth-conference', 'transfer-in-conference')
  or extract(isodow from held_at at time zone 'Europe/London') < 6);

-- A child's plan: of protection, which only a conference begins, or of a child in need. Never both, never two
-- (returns rules 2883, 4001, 4016, 8925, 8935, 8940).
create table plan (
  id              uuid primary key,
  kind            text not null check (kind in ('child-protection', 'child-in-need')),
  person_id       uuid not null references person,
  case_id         uuid not null references family_case,
  begun_by        uuid references meeting,
  begun_on        date not null,
  first_category  text check (first_category in ('neglect', 'physical-abuse', 'sexual-abuse', 'emotional-abuse', 'multiple')),
  latest_category text check (latest_category in ('neglect', 'physical-abuse', 'sexual-abuse', 'emotional-abuse', 'multiple')),
  seen_how_often  text,
  child_says      text,
  ended_on        date,
  ended_why       text check (ended_why in ('review-conference', 'turned-eighteen', 'died', 'left-the-country', 'other-authority-confirmed',
    'support-ended', 'recorded-in-error')),
  ended_by        uuid references meeting,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  constraint a_conference_begins_protection check ((kind = 'child-protection') = (begun_by is not null and first_category is not null and latest_category is not null)),
  constraint ended_with_reason check ((ended_on is null) = (ended_why is null)),
  -- returns rule 8840: not on one day, unless the child dies or it was never meant
  constraint ends_after_it_began check (ended_on > begun_on or ended_on = begun_on and (kind = 'child-in-need' or ended_why in ('died', 'recorded-in-error'))),
  constraint one_plan_at_a_time exclude using gist (person_id with =, daterange(begun_on, ended_on, '[)') with &&) where (ended_why is distinct from 'recorded-in-error')
);
create index plan_case on plan (case_id);

-- Returns rule 2885: a plan begins on the day of its conference. Deferred, because a corrected day moves both.
create function plan_begins_with_its_conference() returns trigger language plpgsql as $$
begin
  if exists (select from plan p join meeting m on m.id = p.begun_by
      where (p.id = new.id or m.id = new.id) and p.begun_on is distinct from (m.held_at at time zone 'Europe/London')::date) then
    raise exception 'a plan begins on the day of its conference';
  end if;
  return null;
end $$;
create constraint trigger plan_begins_with_its_conference after insert or update on plan
  deferrable initially deferred for each row execute function plan_begins_with_its_conference();
create constraint trigger plan_begins_with_its_conference after update of held_at on meeting
  deferrable initially deferred for each row execute function plan_begins_with_its_conference();

-- One thing that must change. What is empty here is named until it is there.
create table plan_row (
  id           uuid primary key default gen_random_uuid(),
  plan_id      uuid not null references plan,
  position     integer generated always as identity,
  risk         text not null,
  must_change  text not null,
  by_when      date,
  seen_how     text,                           -- how anyone other than the parent could see it
  consequence  text,
  contingency  text,
  ended_as     text check (ended_as in ('achieved', 'replaced')),
  ended_why    text,
  ended_at     timestamptz,
  recorded_at  timestamptz not null,
  recorded_by  text not null
);
create index plan_row_plan on plan_row (plan_id);

-- Who works on the plans of a case with the family.
create table core_group_member (
  id       uuid primary key default gen_random_uuid(),
  case_id  uuid not null references family_case,
  name     text not null,
  role     text,
  agency   text,                               -- empty for one of the family
  reach    text,
  since    timestamptz not null,
  until    timestamptz
);
create index core_group_member_case on core_group_member (case_id);

-- A child was seen, or was not, by us or by anybody else.
create table sighting (
  id             uuid primary key default gen_random_uuid(),
  person_id      uuid not null references person,
  case_id        uuid not null references family_case,
  during         uuid,                         -- the enquiry or plan for which we went
  by_agency      text not null,                -- social-care, or who else
  by_whom        text,
  at             timestamptz not null,
  seen           boolean not null,
  not_seen_why   text,
  alone          boolean,
  not_alone_why  text,
  bedroom        boolean,
  own_words      text,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  constraint not_seen_with_reason check (seen or not_seen_why is not null)
);
create index sighting_person on sighting (person_id, at);

-- An action is followed until it is done, replaced or not needed any more.
alter table agreed_action
  add owner_accepted_at timestamptz,
  add for_child         uuid references person, -- who has it directly (learning point P-36); empty where it serves all
  add by_parent         boolean not null default false,
  add ended_as          text check (ended_as in ('done', 'replaced', 'not-needed', 'recorded-in-error')),
  add ended_at          timestamptz,
  add ended_why         text,
  add evidence          text;
alter table agreed_action add constraint action_ended_with_moment check ((ended_as is null) = (ended_at is null));
