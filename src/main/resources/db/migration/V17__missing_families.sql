-- A family that nobody can find: who was told at once, and who was asked since.

create table missing_report (
  move_id          uuid primary key references move,
  police_reference text not null,
  police_told_at   timestamptz not null,
  manager          text not null,                    -- which manager was told
  agencies         text not null,                    -- who of those who know the children was asked
  advice           text not null,                    -- what the lawyers say, or why they were not asked yet
  feared           text not null,
  recorded_at      timestamptz not null,
  recorded_by      text not null
);

-- One look at the search.
create table tracing (
  id          uuid primary key default gen_random_uuid(),
  move_id     uuid not null references move,
  asked       text[] not null,
  result      text not null,
  next        text,                                  -- whom to ask next; empty where they are found
  found       boolean not null,
  looked_at   timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint found_or_somebody_is_asked_next check (found = (next is null))
);
create index tracing_move on tracing (move_id, looked_at);
