-- Protection tonight, meetings, their minutes, and who has received them. As before: nothing is deleted.

-- What a road is about where that is finer than its contact and family: a need for protection, a meeting, a version of
-- its minutes, a circulation. Its events and clocks carry it, so that two meetings of one family are never mixed up.
alter table chronology_entry add subject_id uuid;
create index chronology_subject on chronology_entry (subject_id) where subject_id is not null;
alter table clock add subject_id uuid;
create index clock_subject on clock (subject_id) where subject_id is not null;

-- What protects a child, from when until when, and what followed.
create table protection (
  id            uuid primary key default gen_random_uuid(),
  need_id       uuid not null,                 -- the subject of the road that keeps it
  case_id       uuid not null references family_case,
  person_id     uuid not null references person,
  kind          text not null check (kind in ('police-protection', 'emergency-protection-order', 'section-20-agreement', 'someone-leaves', 'other')),
  details       text not null,
  agreed_by     text,
  since         timestamptz not null,
  ends_at       timestamptz not null,
  whereabouts   text not null,
  parents_told  text,
  parents_told_by text,
  legal_advice  text,
  recorded_at   timestamptz not null,
  recorded_by   text not null,
  followed_at   timestamptz,
  followed_by   text check (followed_by in ('protected-again', 'safe-without-protection', 'court-order-made', 'recorded-in-error', 'child-died')),
  followed_why  text,
  constraint ends_after_it_begins check (ends_at > since),
  constraint followed_with_reason check ((followed_at is null) = (followed_by is null))
);
create unique index one_arrangement_at_a_time on protection (need_id, person_id) where followed_at is null;
create index protection_person on protection (person_id);
create index protection_case on protection (case_id);

-- A meeting about a family, of whatever kind.
create table meeting (
  id            uuid primary key,
  kind          text not null check (kind in ('strategy-discussion')),
  case_id       uuid not null references family_case,
  contact_id    uuid references contact,
  follows       uuid references meeting,
  called_at     timestamptz not null,
  chair_role    text not null,                 -- who agrees its minutes, and who writes them
  writer_role   text not null,
  planned_at    timestamptz,
  how           text,
  held_at       timestamptz,
  chaired_by    text,
  quorate       boolean,
  quorum_because text,
  ended_as      text
);
create index meeting_case on meeting (case_id);

create table attendance (
  id         uuid primary key default gen_random_uuid(),
  meeting_id uuid not null references meeting,
  position   integer generated always as identity,
  agency     text not null,
  name       text,
  role       text,
  reach      text,
  took_part  boolean not null,
  absent_why text,
  constraint absent_with_reason check (took_part or absent_why is not null)
);
create index attendance_meeting on attendance (meeting_id);

-- The recorded outcome per child is the outcome of the meeting.
create table meeting_outcome (
  meeting_id uuid not null references meeting,
  person_id  uuid not null references person,
  outcome    text not null check (outcome in ('section-47-joint', 'section-47-single', 'assessment', 'no-further-action')),
  reasons    text not null,
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (meeting_id, person_id)
);

-- Who does what by when; an action without a named person and a date is none.
create table agreed_action (
  id           uuid primary key default gen_random_uuid(),
  meeting_id   uuid not null references meeting,
  case_id      uuid not null references family_case,
  position     integer generated always as identity,
  what         text not null,
  named_person text not null,
  agency       text not null,
  due_on       date not null,
  if_not_done  text,
  recorded_at  timestamptz not null,
  recorded_by  text not null
);
create index agreed_action_meeting on agreed_action (meeting_id);
create index agreed_action_case on agreed_action (case_id);

-- A version of a meeting's minutes. Once agreed it does not change; a correction is the next version.
create table minutes (
  id           uuid primary key,
  meeting_id   uuid not null references meeting,
  version      integer not null,
  why          text,                           -- why it was written anew, from the second version on
  summary      text,
  confidential text,
  letter       text,
  challenged   text,
  to_change    text,                           -- what the chair wants changed before agreeing
  written_at   timestamptz,
  written_by   text,
  agreed_at    timestamptz,
  agreed_by    text,
  unique (meeting_id, version)
);

create function agreed_minutes_stay() returns trigger language plpgsql as $$
begin
  if old.agreed_at is null and tg_op = 'UPDATE' then
    return new;
  end if;
  raise exception 'agreed minutes do not change';
end $$;
create trigger agreed_minutes_stay before update or delete on minutes
  for each row execute function agreed_minutes_stay();

-- One copy for one recipient: what they were sent, how, and whether it reached them.
create table minutes_copy (
  id             uuid primary key default gen_random_uuid(),
  minutes_id     uuid not null references minutes,
  circulation_id uuid not null,                -- the subject of the road that waits for its receipts
  position       integer generated always as identity,
  proposal       text,                         -- as which of those proposed; empty for somebody added by hand
  recipient      text not null,
  agency         text,                         -- a professional's agency, or
  person_id      uuid references person,       -- one of the family
  purpose        text not null check (purpose in ('for-action', 'for-information', 'for-decision')),
  extent         text not null check (extent in ('full', 'without-confidential-part', 'letter')),
  way            text not null,
  reach          text,
  agreed_with    text,                         -- who agreed that the family gets it, where that must be agreed
  sent_at        timestamptz not null,
  sent_by        text not null,
  not_had_at     timestamptz,
  sent_again_at  timestamptz,
  handed_over_by text,                         -- who gave it to one of the family
  received_at    timestamptz,
  received_for   text,
  acted          text,
  recorded_at    timestamptz,
  recorded_by    text,
  constraint professional_or_family check ((agency is null) <> (person_id is null))
);
create index minutes_copy_minutes on minutes_copy (minutes_id);
create index minutes_copy_circulation on minutes_copy (circulation_id);

-- Who was proposed and knowingly left out, and why.
create table minutes_left_out (
  minutes_id  uuid not null references minutes,
  proposal    text not null,
  recipient   text not null,
  why         text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (minutes_id, proposal)
);
