-- Every completion looks for sub-tasks and found no index to do it with; the list of them stays empty.
create index ft_task_parent on camunda.act_ru_task (parent_task_id_) where parent_task_id_ is not null;

-- Every poll for due timers read all of them.
create index ft_job_due on camunda.act_ru_job (duedate_) where retries_ > 0 and suspension_state_ = 1;

-- Small hot tables: clean them before they bloat.
alter table camunda.act_ru_job set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
alter table camunda.act_ru_task set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
