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
        await using var page = new RfqsContext(scope);
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
        await using var page = new RfqsContext(scope);
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
        await using var page = new RfqsContext(scope);
        var board = page.Render<RfqBoardView>(p => p.Add(b => b.Filter, new BoardFilter(made.Buyer.Id)));
        board.WaitForElement("article");
        Assert.Equal("false", board.Find("article").GetAttribute("draggable"));
        Assert.Empty(board.FindAll(".card-move"));
    }

    [Fact]
    public async Task The_menu_of_moves_offers_what_is_allowed_and_gives_the_reason_for_the_rest()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new RfqsContext(scope);
        var menu = page.Render<MoveDialog>(p => p.Add(m => m.Status, RfqStatus.Open));
        Assert.Equal(["Closed", "Cancelled"], menu.FindAll("button:not(:disabled)").Select(b => b.TextContent.Replace("chevron_right", "", StringComparison.Ordinal)));
        Assert.Equal(menu.FindAll("button:disabled").Count, menu.FindAll(".hint").Count);
    }

    [Fact]
    public async Task A_refused_draft_keeps_all_that_was_typed_and_names_the_line()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new RfqsContext(scope);
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
        await using var page = new RfqsContext(scope);
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
        await using var page = new RfqsContext(scope);
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
    [InlineData(RfqStatus.Open, "Extend deadline")]
    [InlineData(RfqStatus.Closed, "Start evaluation")]
    public async Task The_page_offers_the_step_that_leads_on(RfqStatus status, string verb)
    {
        var made = status switch
        {
            RfqStatus.Draft => await Make.DraftRfqAsync(database, suppliers: 2),
            RfqStatus.Open => await Make.OpenRfqAsync(database, suppliers: 2),
            _ => await Make.ClosedRfqAsync(database, suppliers: 2),
        };
        await using var scope = database.As(made.Buyer);
        await using var page = new RfqsContext(scope);
        var cut = page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id));
        cut.WaitForElement("h1");
        Assert.Contains(verb, cut.Find(".actions .btn-primary").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Lines4", "Suppliers2", "Comparison0", "Files0", "History"], cut.FindAll(".tabs a").Select(a => a.TextContent.Trim()));
        cut.WaitForElement("table");
    }

    [Fact]
    public async Task An_unknown_RFQ_and_an_unknown_part_of_its_page_are_not_found()
    {
        var made = await Make.OpenRfqAsync(database);
        await using var scope = database.As(made.Buyer);
        await using var page = new RfqsContext(scope);
        page.Render<RfqPage>(p => p.Add(r => r.Id, Guid.CreateVersion7())).WaitForElement(".empty");
        page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id).Add(r => r.Tab, "secrets")).WaitForElement(".empty");
    }

    [Fact]
    public async Task The_suppliers_show_their_states_and_only_a_writer_gets_the_proposal()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2);
        await database.SqlAsync("update rfq_invitations set status = 'declined', decline_reason = 'no_capacity', decline_note = 'Full until May' where rfq_id = $1 and supplier_id = $2", made.Id, made.Suppliers[0]);
        await using var scope = database.As(made.Buyer);
        await using var page = new RfqsContext(scope);
        var cut = page.Render<RfqPage>(p => p.Add(r => r.Id, made.Id).Add(r => r.Tab, "suppliers"));
        cut.WaitForElement("table");
        Assert.Contains("No capacity: Full until May", cut.Find("table").TextContent, StringComparison.Ordinal);
        Assert.Contains("Proposed", cut.Markup, StringComparison.Ordinal);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var readerPage = new RfqsContext(reader);
        var seen = readerPage.Render<RfqPage>(p => p.Add(r => r.Id, made.Id).Add(r => r.Tab, "suppliers"));
        seen.WaitForElement("table");
        Assert.DoesNotContain("Proposed", seen.Markup, StringComparison.Ordinal);
        Assert.Empty(seen.FindAll(".row-actions"));
    }
}
