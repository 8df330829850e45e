-- A family moves: to another team, to another authority, from another authority to us. As before: nothing is deleted.

-- One move of some children of a family. It has the same id on both sides.
create table move (
  id               uuid primary key,
  incoming         boolean not null,
  case_id          uuid references family_case,      -- empty while an arriving family is not matched
  contact_id       uuid references contact,          -- what an arrival was taken down as
  destination      text not null check (destination in ('team', 'england-or-wales', 'scotland', 'northern-ireland', 'abroad', 'not-known')),
  only_for_a_time  boolean not null default false,
  stays_until      date,
  team             text,                             -- within the authority: the team that takes them on
  authority        text,                             -- the other side: its code in the address book, or its name
  connected        boolean not null default false,   -- whether messages reach it, or everything goes by hand
  learned_at       timestamptz not null,
  learned_from     text not null,
  moves_on         date,
  why              text,
  address          text,
  -- the first call
  called_at        timestamptz,
  spoke_with       text,
  reach            text,
  safety           text,                             -- what keeps the children safe until the others take over
  -- what the move means (learning points Q-32 and Q-33)
  distance         text,
  support_lost     text,
  new_services     text,
  appointments     text,
  network_then     text,
  risk             text check (risk in ('rises', 'same', 'falls')),
  comes_to         text,
  weighed_at       timestamptz,
  weighed_by       text,
  -- what the other side says
  pack_sent_at     timestamptz,
  pack_sent_how    text,
  received_at      timestamptz,
  received_by      text,
  answer           text check (answer in ('taken-on', 'refused')),
  answer_why       text,
  answered_at      timestamptz,
  their_worker     text,                             -- who takes the family on there, and how to reach them
  worker           text,                             -- who takes it on here: a user
  conference_at    timestamptz,
  conference_place text,
  conference_id    uuid references meeting,          -- ours, where the family arrives
  conference_outcome text,
  accepted_at      timestamptz,
  accepted_by      text,                             -- who signed the acceptance
  passed_at        timestamptz,                      -- when the one who held the children had it in hand
  ended_at         timestamptz,
  ended_as         text,
  constraint ended_with_how check ((ended_at is null) = (ended_as is null)),
  constraint refused_with_reason check (answer is distinct from 'refused' or answer_why is not null),
  constraint nobody_passes_without_acceptance check (passed_at is null or accepted_at is not null and accepted_by is not null)
);
create index move_case on move (case_id);
create index move_contact on move (contact_id) where contact_id is not null;
create index move_authority on move (authority) where authority is not null;

create table move_child (
  move_id    uuid not null references move,
  their_id   uuid not null,                          -- who it is to the one who sends them
  person_id  uuid references person,                 -- who it is here; empty until matched
  stays_because text,                                -- why responsibility for this child stays: an order of the court
  primary key (move_id, their_id)
);
create index move_child_person on move_child (person_id);
create unique index one_place_per_child_in_a_move on move_child (move_id, person_id) where person_id is not null;

-- Responsibility: one row per child with one holder. A team works with the child here; the holder is this authority, or the one named.
alter table responsibility
  add authority text,
  add passed_by uuid references move;                -- whose written acceptance made this holder

-- Only a written acceptance makes another holder (process rules 1.7, and section 47: relieved only when the other accepts in writing).
create function only_acceptance_passes_responsibility() returns trigger language plpgsql as $$
declare
  before responsibility;
begin
  select * into before from responsibility where person_id = new.person_id and until is not null order by until desc, since desc limit 1;
  if before.person_id is not null and (before.team, before.authority) is distinct from (new.team, new.authority)
     and not exists (select from move m join move_child c on c.move_id = m.id
       where m.id = new.passed_by and c.person_id = new.person_id and c.stays_because is null and m.accepted_at is not null) then
    raise exception 'only a written acceptance passes responsibility on' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger only_acceptance_passes_responsibility after insert on responsibility
  for each row execute function only_acceptance_passes_responsibility();

create function a_holder_stays_who_they_are() returns trigger language plpgsql as $$
begin
  if (old.person_id, old.team, old.authority, old.since) is distinct from (new.person_id, new.team, new.authority, new.since) or old.until is not null then
    raise exception 'responsibility is never rewritten: it ends, and another begins' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger a_holder_stays_who_they_are before update of person_id, team, authority, since, until on responsibility
  for each row execute function a_holder_stays_who_they_are();

create function never_without_a_holder() returns trigger language plpgsql as $$
begin
  if not exists (select from responsibility where person_id = old.person_id and until is null) then
    raise exception 'nobody would hold this child' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger never_without_a_holder after update or delete on responsibility
  deferrable initially deferred for each row execute function never_without_a_holder();

-- Who is told that the family moves, and whether they have heard it.
create table move_notice (
  id            uuid primary key default gen_random_uuid(),
  move_id       uuid not null references move,
  position      integer generated always as identity,
  agency        text not null,
  name          text,
  reach         text,
  told_at       timestamptz,
  told_how      text,
  not_told_why  text,
  confirmed_at  timestamptz,
  confirmed_for text,
  recorded_by   text not null,
  constraint told_or_why check ((told_at is null) <> (not_told_why is null))
);
create index move_notice_move on move_notice (move_id);

-- Who of the network stays behind, and who comes after them.
create table move_leaving (
  id               uuid primary key default gen_random_uuid(),
  move_id          uuid not null references move,
  position         integer generated always as identity,
  agency           text not null,
  name             text not null,
  role             text,
  reach            text,
  successor        text,
  successor_agency text,
  successor_reach  text,
  none_why         text,                             -- why there is nobody yet
  watched_by       text,                             -- who sees to it that there will be
  confirmed_at     timestamptz,
  confirmed_how    text,
  recorded_by      text not null
);
create index move_leaving_move on move_leaving (move_id);

-- What the receiver has understood, in their own words; written anew until it is so.
create table read_back (
  id          uuid primary key default gen_random_uuid(),
  move_id     uuid not null references move,
  dangers     text not null,
  not_reached text not null,
  tried       text not null,
  joint_visit text not null check (joint_visit in ('agreed', 'not-wanted', 'not-possible')),
  joint_visit_what text,
  written_at  timestamptz not null,
  written_by  text not null,
  understood  boolean,
  missing     text,
  checked_at  timestamptz,
  checked_by  text,
  constraint not_understood_with_reason check (understood is distinct from false or missing is not null)
);
create index read_back_move on read_back (move_id, written_at);

-- Each open action: kept, or why not.
create table read_back_action (
  read_back_id uuid not null references read_back,
  action_id    uuid not null,                        -- as the sender knows it
  dropped_why  text,
  primary key (read_back_id, action_id)
);

-- Where two authorities do not agree: stage by stage.
create table dispute_stage (
  id         uuid primary key,
  move_id    uuid not null references move,
  stage      text not null check (stage in ('workers', 'managers', 'heads-of-service', 'partnership')),
  begun_at   timestamptz not null,
  spoke_with text,
  said       text,
  result     text check (result in ('asked-again', 'stays-here', 'not-settled')),
  ended_at   timestamptz
);
create index dispute_stage_move on dispute_stage (move_id, begun_at);

-- What goes along, exactly as it was sent or taken in.
create table pack (
  id          uuid primary key default gen_random_uuid(),
  move_id     uuid not null references move,
  document    text not null,
  sha256      text not null,
  made_at     timestamptz not null,
  made_by     text not null
);
create index pack_move on pack (move_id);

-- What the sender keeps back of a pack, because it is about somebody whom the receiver need not know.
create table pack_kept_back (
  move_id uuid not null references move,
  item    text not null,
  why     text not null,
  primary key (move_id, item)
);

-- What other authorities have recorded of a child who came to us, item by item as they wrote it. It goes along when the child moves on.
create table from_elsewhere (
  id        uuid primary key,                        -- theirs
  case_id   uuid not null references family_case,
  person_id uuid references person,                  -- empty where it is about the family
  authority text not null,
  section   text not null,
  position  integer not null,
  item      jsonb not null,
  taken_at  timestamptz not null
);
create index from_elsewhere_case on from_elsewhere (case_id);

-- Lines that another authority has written. No clock of ours counts from them.
alter table chronology_entry add authority text;

-- An action may also be taken over with a family.
alter table agreed_action alter meeting_id drop not null, add move_id uuid references move,
  add constraint agreed_somewhere check ((meeting_id is null) <> (move_id is null));

-- Messages between authorities: written in the transaction of the step they tell of; sent at least once, taken once.
create table outbox (
  id           uuid primary key,
  authority    text not null,
  move_id      uuid not null references move,
  type         text not null,
  told         text,                                 -- what it tells of, where the same must never be told twice
  body         text not null,
  posted_at    timestamptz not null,
  on_its_way_at timestamptz,                         -- since when its road runs
  attempts     integer not null default 0,
  last_tried_at timestamptz,
  last_failure text,
  received_at  timestamptz,                          -- when the other side had it
  refused_at   timestamptz,
  refused_why  text,
  unique (move_id, type, told)
);
create index outbox_waiting on outbox (posted_at) where on_its_way_at is null;
create index outbox_move on outbox (move_id);

create table inbox (
  id          uuid primary key,
  position    bigint generated always as identity,
  authority   text not null,
  move_id     uuid not null,
  type        text not null,
  body        text not null,
  sha256      text not null,
  received_at timestamptz not null,
  taken_at    timestamptz,                           -- when its road took it; until then it waits its turn
  outcome     text
);
create index inbox_waiting on inbox (position) where taken_at is null;
create index inbox_move on inbox (move_id);

-- Every knock on the door, let in or not: who, what, why. Never a word of the message.
create table exchange_audit (
  at        timestamptz not null,
  authority text,                                    -- who they proved to be; empty where they did not
  message   uuid,
  what      text not null,
  why       text
);
create index exchange_audit_at on exchange_audit (at);
