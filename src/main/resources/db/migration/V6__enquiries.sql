-- Enquiries under section 47 of the Children Act 1989: one for each discussion that decided on it, a row per child.
-- As before: nothing is deleted.

-- What the discussion said for those who go to the family.
alter table meeting add who_is_told text, add medical text check (medical in ('yes', 'no', 'a-doctor-will-say'));

create table enquiry (
  id               uuid primary key,
  case_id          uuid not null references family_case,
  decided_by       uuid not null unique references meeting,
  opened_at        timestamptz not null,
  worker           text,                       -- the social worker who has it
  knows_family     text,                       -- what they have to do with the family otherwise, and why it is still them
  oversight        text,                       -- how it is watched where they have a related family too
  checks_agreed    text check (checks_agreed in ('yes', 'no', 'not-asked')),
  checks_why       text,                       -- the manager's reason to do without agreement
  allocated_at     timestamptz,
  allocated_by     text,
  history_means    text,
  parents_say      text,
  agencies_say     text,
  observed         text,
  children_say     text,
  comes_to         text,
  analysed_at      timestamptz,
  analysed_by      text,
  requested_by     text,                       -- who asks for a conference where none was decided on
  requested_why    text,
  constraint without_agreement_only_with_reason check (checks_agreed is null or checks_agreed = 'yes' or checks_why is not null)
);
create index enquiry_case on enquiry (case_id);

create table enquiry_child (
  enquiry_id    uuid not null references enquiry,
  person_id     uuid not null references person,
  how           text not null check (how in ('joint', 'single')),
  begun_at      timestamptz not null,          -- when the discussion was held that decided on it
  finding       text check (finding in ('not-substantiated', 'substantiated-no-continuing-risk', 'continuing-risk')),
  next_step     text check (next_step in ('none', 'child-in-need', 'conference', 'legal-action')),
  reasons       text,
  unusual_why   text,                          -- why the next step is not the one that usually follows such a finding
  decided_at    timestamptz,
  decided_by    text,
  conference_required boolean generated always as (next_step = 'conference') stored,
  conference_why text,                         -- why a conference was agreed after all, when an agency asked for it
  conference_id uuid references meeting,
  ended_at      timestamptz,
  ended_as      text check (ended_as in ('conference-not-required', 'conference-held', 'withdrawn', 'no-longer-needed', 'recorded-in-error', 'child-died')),
  primary key (enquiry_id, person_id),
  constraint finding_and_step_with_reasons check ((finding is null) = (next_step is null) and (finding is null) = (reasons is null)
    and (finding is null) = (decided_at is null) and (finding is null) = (decided_by is null)),
  constraint ended_with_reason check ((ended_at is null) = (ended_as is null)),
  constraint decided_after_it_began check (decided_at >= begun_at),
  constraint ends_after_it_began check (ended_at >= begun_at),
  -- returns rules 8839 and 8890
  constraint one_enquiry_at_a_time exclude using gist (person_id with =, tstzrange(begun_at, ended_at) with &&) where (ended_as is distinct from 'recorded-in-error')
);
create index enquiry_child_person on enquiry_child (person_id);
create index enquiry_child_conference on enquiry_child (conference_id) where conference_id is not null;

-- Returns rule 8615: no conference before its enquiry. Deferred, because a corrected day moves both.
create function conference_after_its_enquiry() returns trigger language plpgsql as $$
begin
  if exists (select from enquiry_child c join meeting m on m.id = c.conference_id
      where (c.enquiry_id, c.person_id) = (new.enquiry_id, new.person_id) and m.held_at < c.begun_at) then
    raise exception 'the conference would lie before its enquiry';
  end if;
  return null;
end $$;
create constraint trigger conference_after_its_enquiry after insert or update on enquiry_child
  deferrable initially deferred for each row execute function conference_after_its_enquiry();
create function enquiry_before_its_conference() returns trigger language plpgsql as $$
begin
  if exists (select from enquiry_child where conference_id = new.id and begun_at > new.held_at) then
    raise exception 'the conference would lie before its enquiry';
  end if;
  return null;
end $$;
create constraint trigger enquiry_before_its_conference after update of held_at on meeting
  deferrable initially deferred for each row execute function enquiry_before_its_conference();

-- Nobody met the child, and why; what the lawyers said, and what was decided.
create table enquiry_access (
  id          uuid primary key default gen_random_uuid(),
  enquiry_id  uuid not null references enquiry,
  person_id   uuid not null references person,
  kind        text not null check (kind in ('access-refused', 'whereabouts-denied')),
  tried       text not null,
  refused_at  timestamptz not null,
  adviser     text,
  advice      text,
  advised_at  timestamptz,
  applied_for text check (applied_for in ('emergency-protection-order', 'child-assessment-order', 'police-powers', 'none')),
  reasons     text,
  instead     text,
  decided_at  timestamptz,
  decided_by  text,
  constraint no_order_with_another_way check (applied_for is distinct from 'none' or instead is not null)
);
create index enquiry_access_child on enquiry_access (enquiry_id, person_id);

create table enquiry_agency (
  enquiry_id   uuid not null references enquiry,
  agency       text not null,
  position     integer generated always as identity,
  named        text,                           -- which one, where the agency is "other"
  asked_at     timestamptz not null,
  answered_at  timestamptz,
  answered_for text,
  answered_by  text,
  knows        text,
  worry        text check (worry in ('none', 'some', 'serious')),
  worry_what   text,
  told_at      timestamptz,
  told_how     text,
  not_told_why text,
  primary key (enquiry_id, agency)
);

-- Fathers and partners too, or why not.
create table enquiry_adult (
  enquiry_id  uuid not null references enquiry,
  person_id   uuid not null references person,
  spoken      boolean not null,
  how         text,
  says        text,
  not_spoken  text check (not_spoken in ('refused', 'not-found', 'abroad', 'not-safe', 'other')),
  not_spoken_why text,
  at          timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (enquiry_id, person_id),
  constraint not_spoken_with_reason check (spoken and says is not null or not_spoken is not null and not_spoken_why is not null)
);

create table enquiry_medical (
  enquiry_id  uuid not null references enquiry,
  person_id   uuid not null references person,
  examined    boolean not null,
  doctor      text,
  found       text,
  fits        text check (fits in ('fits', 'does-not-fit', 'cannot-be-said')),
  not_examined_why text,
  at          timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (enquiry_id, person_id)
);

-- What holds until the conference.
create table interim_plan (
  id          uuid primary key default gen_random_uuid(),
  enquiry_id  uuid not null references enquiry,
  keeps_safe  text not null,
  who         text not null,
  checked_by  text not null,
  if_not      text not null,
  parents     text not null check (parents in ('agree', 'partly', 'do-not-agree', 'not-asked')),
  parents_why text,
  agreed_at   timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
create index interim_plan_enquiry on interim_plan (enquiry_id, agreed_at);
