using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>Opens pages one by one as people do: each shows itself, the console stays silent, axe finds nothing serious.</summary>
public abstract class PageWalk(App app)
{
    private static readonly System.Text.RegularExpressions.Regex Broken = new("There is no such|went wrong|not for your role", System.Text.RegularExpressions.RegexOptions.IgnoreCase);

    /// <summary>A small laptop and a tablet lying down: wide tables scroll in their box there, the page does not.</summary>
    private static readonly int[] Between = [1280, 1024];

    protected App App { get; } = app;

    /// <summary>Each page is opened once and looked at wide in both themes, then narrow. The theme stays for the next page, so that every other one is narrow in the dark.</summary>
    protected async Task WalkAsync(string email, string[] paths, int wide = 1440, int narrow = 390)
    {
        await using var visitor = await App.SignInAsync(email, wide);
        var findings = new List<string>();
        foreach (var path in paths)
        {
            var address = await FilledAsync(path);
            await visitor.OpenAsync(address);
            Assert.DoesNotContain("/account/sign-in", visitor.Page.Url, StringComparison.Ordinal);
            if (await visitor.Page.GetByText(Broken).CountAsync() > 0)
            {
                var shown = await visitor.Page.Locator("main").First.InnerTextAsync();
                findings.Add($"{address} does not show itself: {shown[..Math.Min(shown.Length, 300)]}");
            }

            findings.AddRange(await visitor.FindingsAsync());
            findings.AddRange(await visitor.OtherThemeFindingsAsync());
            foreach (var between in Between)
            {
                await visitor.Page.SetViewportSizeAsync(between, 900);
                findings.AddRange(await visitor.SidewaysAsync());
            }

            await visitor.Page.SetViewportSizeAsync(narrow, 844);
            findings.AddRange(await visitor.FindingsAsync());
            await visitor.Page.SetViewportSizeAsync(wide, 900);
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    /// <summary>Puts the key of a record of the demo company where the path names its kind.</summary>
    protected async Task<string> FilledAsync(string path)
    {
        if (path.StartsWith("/chapters/{chapter}/", StringComparison.Ordinal) && path.Count(c => c == '{') > 1)
        {
            path = path.Replace("{chapter}", (await FilledAsync("{chapter}")), StringComparison.Ordinal);
        }

        foreach (var (kind, sql) in new[]
        {
            ("{open}", "select id from rfqs where status = 'open' order by number limit 1"),
            ("{evaluating}", "select r.id from rfqs r where status = 'evaluating' order by (select count(*) from quotes q where q.rfq_id = r.id) desc limit 1"),
            ("{awarded}", "select id from rfqs where status = 'awarded' order by number limit 1"),
            ("{draft}", "select id from rfqs where status = 'draft' order by number limit 1"),
            ("{order}", "select id from orders where status = 'issued' or status = 'acknowledged' order by number limit 1"),
            ("{changeable}", "select o.id from orders o where o.status = 'partially_received' and not exists (select from order_changes c where c.order_id = o.id) order by o.number limit 1"),
            ("{agreement}", "select id from agreements order by number limit 1"),
            ("{supplier}", "select id from suppliers where name = 'Orvane Textiles'"),
            ("{blocked}", "select id from suppliers where standing_effect in ('block_rfqs', 'block_orders') order by standing_score limit 1"),
            ("{template}", "select id from scorecard_templates where status = 'active'"),
            ("{draft_template}", "select id from scorecard_templates where status = 'draft' order by name limit 1"),
            ("{note}", "select n.id from sales_notes n join users u on u.id = n.sales_rep_id where u.email = 'lene.vossen@example.test' and n.next_action_on is not null order by n.occurred_at desc limit 1"),
            ("{user}", "select id from users where email = 'mira.holsten@example.test'"),
            ("{mail}", "select id from outbox_messages order by created_at limit 1"),
            ("{duplicates}", "select 'keep=' || a.id || '&giveUp=' || b.id from parts a join parts b on app.compact(b.number) = app.compact(a.number) and b.id > a.id order by a.id limit 1"),
            ("{alike}", "select 'keep=' || a.id || '&giveUp=' || b.id from suppliers a, suppliers b where a.name = 'Airmesh Filters' and b.name = 'Airmesh Filter'"),
            ("{customer}", "select customer_id from order_sales group by customer_id order by count(*) desc, customer_id limit 1"),
            ("{for_customer}", "select id from rfqs where customer_id is not null and status = 'awarded' order by number limit 1"),
            ("{sold}", "select s.id from order_sales s join orders o on o.id = s.id where o.received_at is not null order by o.number limit 1"),
            ("{customers}", "select 'keep=' || a.id || '&giveUp=' || b.id from customers a, customers b where a.number = 'C-01003' and b.number = 'C-01005'"),
            ("{commission}", "select c.id from commissions c join sales_reps r on r.id = c.sales_rep_id where c.kind = 'order' and r.manager_id is not null order by c.earned_on desc, c.id limit 1"),
            ("{plan}", "select id from commission_plans order by name limit 1"),
            ("{rep}", "select id from users where email = 'lene.vossen@example.test'"),
            ("{request}", "select id from rfq_requests where status = 'asked' order by number limit 1"),
            ("{part}", "select part_id from order_lines where part_id is not null group by part_id order by count(*) desc limit 1"),
            ("{material}", "select part_id from procurement_recommendations where status = 'proposed' order by urgency_score desc, id limit 1"),
            ("{cycle}", "select id from planning_cycles where kind = 'live' and finished_at is not null order by finished_at desc limit 1"),
            ("{whatif}", "select id from planning_cycles where kind = 'what_if' and finished_at is not null order by finished_at desc limit 1"),
            ("{quoted}", "select q.rfq_id from quotes q join suppliers s on s.id = q.supplier_id where s.name = 'Orvane Textiles' and q.revision > 0 order by q.number limit 1"),
            ("{again}", "select rfq_id from rfq_rounds order by started_at limit 1"),
            ("{question}", "select rfq_id from rfq_questions where answered_at is null order by created_at limit 1"),
            ("{sealed}", "select id from rfqs where sealed and bids_opened_at is null order by number limit 1"),
            ("{opened}", "select id from rfqs where sealed and bids_opened_at is not null order by number limit 1"),
            ("{sealed_quote}", "select rfq_id || '/quotes/' || supplier_id from quotes where status = 'sealed' order by number limit 1"),
            ("{chapter}", "select id from chapters where name = 'Harbour'"),
            ("{hillside}", "select id from chapters where name = 'Hillside'"),
            ("{own_scheme}", "select s.id from score_schemes s join chapters c on c.id = s.chapter_id and c.name = 'Hillside' where s.status = 'active' order by s.number desc limit 1"),
            ("{draft_scheme}", "select s.id from score_schemes s join chapters c on c.id = s.chapter_id and c.name = 'Hillside' where s.status = 'draft' order by s.number desc limit 1"),
            ("{scheme}", "select id from score_schemes where chapter_id is null and key = 'global-2025' order by number limit 1"),
            ("{months}", "select id || '/report/' || to_char(current_date - interval '5 months', 'YYYY-MM') || '/' || to_char(current_date, 'YYYY-MM') from chapters where name = 'Harbour'"),
            ("{slip}", "select r.id from referrals r join chapters c on c.id = r.chapter_id and c.name = 'Harbour' join meetings m on m.id = r.meeting_id where r.deleted_at is null order by m.held_on desc, r.id limit 1"),
            ("{own_slip}", "select r.id from referrals r join members m on m.id = r.giver_id and m.first_name = 'Ada' and m.last_name = 'Lindqvist' where r.deleted_at is null order by r.id limit 1"),
            ("{member}", "select id from members where first_name = 'Ada' and last_name = 'Lindqvist'"),
            ("{returned}", "select t.member_id from membership_terms t join chapters c on c.id = t.chapter_id and c.name = 'Harbour' group by t.member_id having count(*) > 1"),
            ("{held}", "select m.id from meetings m join chapters c on c.id = m.chapter_id and c.name = 'Harbour' where m.status = 'completed' order by m.held_on desc limit 1"),
            ("{closed}", "select to_char(r.period, 'YYYY-MM') from monthly_reports r join chapters c on c.id = r.chapter_id and c.name = 'Harbour' where r.status = 'closed' order by r.period desc limit 1"),
            ("{due}", "select m.id from meetings m join chapters c on c.id = m.chapter_id and c.name = 'Harbour' where m.status in ('planned', 'draft') and m.held_on <= current_date order by m.held_on desc limit 1"),
            ("{staged}", "select b.id from chapter_import_batches b where b.status = 'staged' order by b.created_at limit 1"),
            ("{imported}", "select b.id from chapter_import_batches b where b.status = 'applied' and b.kind = 'palms_summary' order by b.created_at limit 1"),
            ("{reconciled}", "select to_char(b.period_first, 'YYYY-MM') from chapter_import_batches b where b.status = 'applied' and b.kind = 'palms_summary' order by b.created_at limit 1"),
            ("{asked}", "select r.id from rfqs r join rfq_invitations i on i.rfq_id = r.id join suppliers s on s.id = i.supplier_id where s.name = 'Orvane Textiles' and r.status = 'open' order by r.number limit 1"),
        })
        {
            if (path.Contains(kind, StringComparison.Ordinal))
            {
                await using var command = App.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
                return path.Replace(kind, (await command.ExecuteScalarAsync())?.ToString() ?? throw new InvalidOperationException($"The demo company has no {kind}."), StringComparison.Ordinal);
            }
        }

        return path;
    }
}
