"""Ways to reach people outside of Slack: e-mail, phone, PagerDuty, webhooks."""
