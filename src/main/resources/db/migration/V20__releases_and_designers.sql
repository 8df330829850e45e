-- A clock keeps the table that it was started under by that table's own id: the engine gives a version's number again once the
-- version is deleted.
alter table clock add column rule_definition text;
update clock set rule_definition = coalesce(
  (select d.id_ from camunda.act_re_decision_def d where d.key_ = 'deadlines' and d.version_ = rule_version limit 1), 'deleted');
alter table clock alter column rule_definition set not null, drop column rule_version;

-- The models and forms as a release brought them last. Where what is in force differs from this, a designer changed it; where the
-- release has changed it since as well, the release's file waits.
create table release_model (
  name        text primary key,
  content     bytea not null,
  built_at    timestamptz not null,            -- when that release was built: an older one installs nothing over it
  waits_since timestamptz
);
insert into release_model (name, content, built_at)
select b.name_, b.bytes_, timestamptz 'epoch'
from (select * from camunda.act_re_deployment where source_ = 'follow-through' order by deploy_time_ desc limit 1) d
join camunda.act_ge_bytearray b on b.deployment_id_ = d.id_;

-- How new a migration a release must know to run on this schema: a migration that older releases cannot live with writes its own
-- number here. The schema's own number is the newest row of Flyway's history.
create table schema_range (
  one            boolean primary key default true check (one),
  oldest_release text not null
);
-- older ones would look for a clock's rule_version
insert into schema_range (oldest_release) values ('20');
