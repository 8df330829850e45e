-- A clock keeps the table that it was started under by that table's own id: the engine gives a version's number again once the
-- version is deleted.
alter table clock add column rule_definition text;
update clock set rule_definition = coalesce(
  (select d.id_ from camunda.act_re_decision_def d where d.key_ = 'deadlines' and d.version_ = rule_version limit 1), 'deleted');
alter table clock alter column rule_definition set not null, drop column rule_version;
