-- People's quarters of an hour without queue and channel, their time included: the day of a site is read out of a third of the rows.
create table metric_agent_interval_total (like metric_agent_interval including defaults);
alter table metric_agent_interval_total drop column queue_id, drop column channel;
insert into metric_agent_interval_total (
  at, agent_id,
  offered, answered, answered_in_target, wait_ms, abandoned, abandoned_in_target, short_abandoned, unanswered, handed_on_unanswered, excluded,
  first_responses, first_response_ms, handled, talk_ms, wrap_up_ms, effort_ms, accepted, declined, missed, picked, ended, rated, top_two, top_box,
  bottom_box, bottom_two, first_line_issues, escalated_issues, coded, coded_resolved, busy_ms, available_ms, not_ready_ms
)
select at, agent_id,
  sum(offered), sum(answered), sum(answered_in_target), sum(wait_ms), sum(abandoned), sum(abandoned_in_target), sum(short_abandoned), sum(unanswered),
  sum(handed_on_unanswered), sum(excluded), sum(first_responses), sum(first_response_ms), sum(handled), sum(talk_ms), sum(wrap_up_ms), sum(effort_ms),
  sum(accepted), sum(declined), sum(missed), sum(picked), sum(ended), sum(rated), sum(top_two), sum(top_box), sum(bottom_box), sum(bottom_two),
  sum(first_line_issues), sum(escalated_issues), sum(coded), sum(coded_resolved), sum(busy_ms), sum(available_ms), sum(not_ready_ms)
from metric_agent_interval group by 1, 2;
-- By time first: a day of everybody lies together.
alter table metric_agent_interval_total add primary key (at, agent_id);
