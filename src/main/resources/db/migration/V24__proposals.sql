-- What a designer deploys is a proposal until a second person puts it in force. The same contents are proposed once at a time.
create table model_proposal (
  id          uuid primary key,
  title       text not null,
  contents    text not null,                   -- a digest of its files
  proposed_at timestamptz not null,
  proposed_by text not null,
  outcome     text check (outcome in ('in-force', 'withdrawn')),
  decided_at  timestamptz,
  decided_by  text,
  reason      text,
  check ((outcome is null) = (decided_at is null)),
  check (outcome is null or decided_by is not null and reason is not null),
  constraint two_pairs_of_eyes check (outcome is distinct from 'in-force' or decided_by <> proposed_by)
);
create unique index model_proposal_open on model_proposal (contents) where outcome is null;

create table model_proposal_file (
  proposal_id uuid not null references model_proposal,
  name        text not null,
  content     bytea not null,
  primary key (proposal_id, name)
);

-- Every deployment that was put in force: by a second person, or by installing a release. Those from before this are not here.
create table model_release (
  deployment_id   text primary key,
  put_in_force_at timestamptz not null,
  put_in_force_by text,                        -- nobody: a release that was installed
  proposal_id     uuid references model_proposal,
  built_at        timestamptz,
  check ((proposal_id is null) = (put_in_force_by is null)),
  check ((proposal_id is null) = (built_at is not null))
);

-- An older release would put in force at once what a designer deploys.
update schema_range set oldest_release = '24';

-- What of a release waited behind a designer's waits as a proposal from now on. The column is for releases from before this.
with waiting as (
  insert into model_proposal (id, title, contents, proposed_at, proposed_by)
  select gen_random_uuid(), 'The release’s ' || regexp_replace(name, '^.*/', ''), name, waits_since, 'release' from release_model
  where waits_since is not null
  returning id, contents)
insert into model_proposal_file (proposal_id, name, content)
select w.id, regexp_replace(m.name, '^.*/', ''), m.content from waiting w join release_model m on m.name = w.contents;
