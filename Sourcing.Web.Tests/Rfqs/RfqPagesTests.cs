using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class RfqPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_dropped_where_its_state_does_not_allow_stays_and_says_why()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        var board = page.Render<RfqBoardView>(p => p.Add(b => b.Filter, new BoardFilter(made.Buyer.Id)));
        board.WaitForElement("article");
        await board.Find("article").DragStartAsync(new());
        Assert.Contains(RfqMoves.WhyNotByHand(RfqStatus.Open, RfqStatus.Awarded)!, board.Find("#lane-awarded").TextContent, StringComparison.Ordinal);
        Assert.Contains("takes", board.Find("#lane-closed").ClassName!, StringComparison.Ordinal);
        await board.Find("#lane-awarded").DropAsync(new());
        var toast = Assert.Single(page.Toasts.Open);
        Assert.True(toast.Refusal);
        Assert.Equal($"{made.Number}: {RfqMoves.WhyNotByHand(RfqStatus.Open, RfqStatus.Awarded)}", toast.Text);
        Assert.NotNull(board.Find("#lane-open article"));
        Assert.Equal("open", await database.ScalarAsync<string>("select status::text from rfqs where id = $1", made.Id));
    }

    [Fact]
    public async Task A_card_dropped_where_it_may_go_is_moved()
    {
        var made = await Make.ClosedRfqAsync(database);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        var board = page.Render<RfqBoardView>(p => p.Add(b => b.Filter, new BoardFilter(made.Buyer.Id)));
        board.WaitForElement("article");
        await board.Find("article").DragStartAsync(new());
        await board.Find("#lane-evaluating").DropAsync(new());
        board.WaitForElement("#lane-evaluating article");
        Assert.Equal("evaluating", await database.ScalarAsync<string>("select status::text from rfqs where id = $1", made.Id));
    }

    [Fact]
    public async Task Who_may_only_read_cannot_move_a_card()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(scope);
        var board = page.Render<RfqBoardView>(p => p.Add(b => b.Filter, new BoardFilter(made.Buyer.Id)));
        board.WaitForElement("article");
        Assert.Equal("false", board.Find("article").GetAttribute("draggable"));
        Assert.Empty(board.FindAll(".card-move"));
    }

    [Fact]
    public async Task The_menu_of_moves_offers_what_is_allowed_and_gives_the_reason_for_the_rest()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var menu = page.Render<MoveDialog>(p => p.Add(m => m.Status, RfqStatus.Open));
        Assert.Equal(["Closed", "Paused", "Cancelled"], menu.FindAll("button:not(:disabled)").Select(b => b.TextContent.Replace("chevron_right", "", StringComparison.Ordinal)));
        Assert.Equal(menu.FindAll("button:disabled").Count, menu.FindAll(".hint").Count);
    }

    [Fact]
    public async Task A_refused_draft_keeps_all_that_was_typed_and_names_the_line()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        await scope.Get<Database>().WriteAsync(async (db, ct) => { await Make.UnitAsync(db, "kg", ct); await db.SaveChangesAsync(ct); }, _ct);
        var editor = page.Render<RfqEditPage>();
        editor.WaitForElement("form");
        await editor.TypeAsync("[data-field=Title] input", "Combed cotton");
        await editor.TypeAsync("[aria-label='Description of line 10']", "Yarn 30/1");
        await editor.TypeAsync("[aria-label='Quantity of line 10']", "-5");
        await editor.Find("form").SubmitAsync();
        editor.WaitForElement(".notice.hue-red");
        Assert.Contains("Line 10: The quantity has to be above 0", editor.Find(".notice.hue-red").TextContent, StringComparison.Ordinal);
        Assert.Equal("Yarn 30/1", editor.Find("[aria-label='Description of line 10']").GetAttribute("value"));
        Assert.Equal("-5", editor.Find("[aria-label='Quantity of line 10']").GetAttribute("value"));
        Assert.Contains("cell-bad", editor.Find("[aria-label='Quantity of line 10']").ClassName!, StringComparison.Ordinal);
        Assert.Equal("Combed cotton", editor.Find("[data-field=Title] input").GetAttribute("value"));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from rfqs where buyer_id = $1", scope.User.Id));
    }

    [Fact]
    public async Task A_draft_is_saved_and_its_page_opened_and_a_blank_row_waits_below_the_last()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        await scope.Get<Database>().WriteAsync(async (db, ct) => { await Make.UnitAsync(db, "kg", ct); await db.SaveChangesAsync(ct); }, _ct);
        var editor = page.Render<RfqEditPage>();
        editor.WaitForElement("form");
        await editor.TypeAsync("[data-field=Title] input", "Combed cotton");
        await editor.TypeAsync("[aria-label='Description of line 10']", "Yarn 30/1");
        await editor.TypeAsync("[aria-label='Quantity of line 10']", "12.5");
        var unit = editor.FindAll("[aria-label='Unit of line 10'] option").First(o => o.TextContent == "kg").GetAttribute("value")!;
        await editor.TypeAsync("[aria-label='Unit of line 10']", unit);
        editor.WaitForElement("[aria-label='Description of line 20']");
        await editor.Find("form").SubmitAsync();
        var id = await database.ScalarAsync<Guid>("select id from rfqs where buyer_id = $1", scope.User.Id);
        Assert.EndsWith(Links.Rfq(id), page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal(12.5m, await database.ScalarAsync<decimal>("select quantity from rfq_lines where rfq_id = $1", id));
    }

    [Fact]
    public async Task Pasted_rows_become_lines_and_what_needs_attention_is_listed()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var editor = page.Render<RfqEditPage>();
        editor.WaitForElement("form");
        var pasted = InputFileContent.CreateFromText("description\tqty\tunit\nYarn\t5\tkg\nBelt\tmany\tfurlong", "pasted.tsv");
        editor.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(pasted);
        editor.WaitForElement(".lines-note");
        Assert.Contains("2 lines added.", editor.Find(".lines-note").TextContent, StringComparison.Ordinal);
        Assert.Contains("Row 3:", editor.Find(".lines-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("Belt", editor.Find("[aria-label='Description of line 20']").GetAttribute("value"));
    }

    [Theory]
    [InlineData(RfqStatus.Draft, "Invite 2 suppliers")]
    [InlineData(RfqStatus.Closed, "Start evaluation")]
    public async Task The_page_offers_the_step_that_leads_on(RfqStatus status, string verb)
    {
        var made = status switch
        {
            RfqStatus.Draft => await Make.DraftRfqAsync(database, suppliers: 2),
            _ => await Make.ClosedRfqAsync(database, suppliers: 2),
        };
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id));
        cut.WaitForElement("h1");
        Assert.Contains(verb, cut.Find(".actions .btn-primary").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Lines4", "Suppliers2", "Questions0", "Comparison0", "Scenarios", "Files0", "History"], cut.FindAll(".tabs a").Select(a => a.TextContent.Trim()));
        cut.WaitForElement("table");
    }

    [Theory]
    [InlineData(0, "1 hour", "")]
    [InlineData(0, "2 days", "Remind 2 suppliers")]
    [InlineData(1, "2 days", "Remind 1 supplier")]
    [InlineData(2, "1 hour", "Close now")]
    public async Task An_open_RFQ_offers_what_helps_now(int quoted, string since, string verb)
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2);
        for (var i = 0; i < quoted; i++)
        {
            await Make.SubmittedQuoteAsync(database, made, i);
        }

        await database.SqlAsync("update rfqs set issued_at = now() - $2::interval where id = $1", made.Id, since);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id));
        cut.WaitForElement("h1");
        Assert.EndsWith(verb, string.Join(", ", cut.FindAll(".actions .btn-primary").Select(b => b.TextContent)), StringComparison.Ordinal);
        Assert.Contains("Extend deadline", cut.Find(".actions").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_filters_by_chips_that_are_tinted_while_set_and_cleared_by_their_cross()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        BoardFilter? asked = null;
        var board = page.Render<RfqBoardView>(p => p.Add(b => b.Filter, new BoardFilter()).Add(b => b.Changed, filter => asked = filter));
        board.WaitForElement("article");
        await board.InvokeAsync(() => board.FindAll(".board-filters button").First(b => b.TextContent.StartsWith("Deadline", StringComparison.Ordinal)).ClickAsync(new()));
        await board.PressAsync("within 48 hours");
        Assert.Equal(DeadlineFilter.Within48Hours, asked!.Deadline);
        board.Render(p => p.Add(b => b.Filter, asked));
        board.WaitForElement(".chip-set .chip-on");
        Assert.Equal("Deadline: within 48 hours", board.Find(".chip-set .chip-on").TextContent.Trim());
        await board.InvokeAsync(() => board.Find("[aria-label='Clear Deadline']").ClickAsync(new()));
        Assert.Null(asked.Deadline);
        Assert.Empty(board.FindAll(".board-filters select"));
    }

    [Fact]
    public async Task A_copy_asks_what_it_takes_along()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        var dialog = page.Render<CopyDialog>(p => p.Add(d => d.Form, new CopyRfqForm { Id = made.Id }).Add(d => d.Lines, 4).Add(d => d.Suppliers, 2).Add(d => d.Files, 1));
        Assert.Contains("With its 2 suppliers", dialog.Markup, StringComparison.Ordinal);
        Assert.Contains("With its file,", dialog.Markup, StringComparison.Ordinal);
        await dialog.InvokeAsync(() => dialog.FindAll("input[type=checkbox]")[0].ChangeAsync(new() { Value = false }));
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from rfq_invitations i join rfqs r on r.id = i.rfq_id where r.buyer_id = $1 and r.id <> $2", made.Buyer.Id, made.Id));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from rfqs where buyer_id = $1", made.Buyer.Id));
    }

    [Fact]
    public async Task An_unknown_RFQ_and_an_unknown_part_of_its_page_are_not_found()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        page.Render<RfqPage>(p => p.Add(r => r.Id, Guid.CreateVersion7())).WaitForElement(".empty");
        page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id).Add(r => r.Tab, "secrets")).WaitForElement(".empty");
    }

    [Fact]
    public async Task The_suppliers_show_their_states_and_only_a_writer_gets_the_proposal()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2);
        await database.SqlAsync("update rfq_invitations set status = 'declined', decline_reason = 'no_capacity', decline_note = 'Full until May' where rfq_id = $1 and supplier_id = $2", made.Id, made.Suppliers[0]);
        await using var scope = database.As(made.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id).Add(r => r.Tab, "suppliers"));
        cut.WaitForElement("table");
        Assert.Contains("No capacity: Full until May", cut.Find("table").TextContent, StringComparison.Ordinal);
        Assert.Contains("Proposed", cut.Markup, StringComparison.Ordinal);
        // What came by mail or telephone can be typed in, also for who has not answered.
        Assert.Equal(made.Suppliers.Select(s => Links.EnterQuote(made.Id, s)).Order(), cut.FindAll("table a").Select(a => a.GetAttribute("href")).Where(h => h!.EndsWith("/enter", StringComparison.Ordinal)).Order());
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var readerPage = new PageContext(reader);
        var seen = readerPage.Render<RfqPage>(p => p.Add(r => r.Id, made.Id).Add(r => r.Tab, "suppliers"));
        seen.WaitForElement("table");
        Assert.DoesNotContain("Proposed", seen.Markup, StringComparison.Ordinal);
        Assert.Empty(seen.FindAll(".row-actions"));
        Assert.Empty(seen.FindAll("a[href$='/enter']"));
    }
}
