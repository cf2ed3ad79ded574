using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Journeys;

/// <summary>What buyers do with RFQs every morning, in a real browser: the live board, drags, lines from spreadsheets, files, copies.</summary>
public sealed partial class RfqJourneyTests(App app)
{
    private const string Mira = "mira.holsten@example.test";
    private const string Tarek = "tarek.olsson@example.test";

    [Fact]
    public async Task A_move_by_one_person_shows_on_anothers_board_by_itself_and_says_whose_it_was()
    {
        var rfq = await CopyOfDraftAsync(); // With suppliers and a deadline: ready to be opened.
        await using var mira = await app.SignInAsync(Mira);
        await using var tarek = await app.SignInAsync(Tarek);
        await mira.OpenAsync("/rfqs");
        await tarek.OpenAsync("/rfqs");
        var card = $"article[data-card='{rfq.Number}']";
        await Assertions.Expect(mira.Page.Locator($"#lane-draft {card}")).ToBeVisibleAsync();
        await Assertions.Expect(tarek.Page.GetByText("Live")).ToBeVisibleAsync();
        await MoveAsync(mira, card, "Open");
        await mira.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { NameRegex = Invite() }).ClickAsync();
        await Assertions.Expect(mira.Page.Locator($"#lane-open {card}")).ToBeVisibleAsync();
        await Assertions.Expect(tarek.Page.Locator($"#lane-open {card}")).ToBeVisibleAsync();
        await Assertions.Expect(tarek.Page.Locator($"#lane-draft {card}")).ToHaveCountAsync(0);
        await Assertions.Expect(tarek.Page.Locator(".live")).ToContainTextAsync("by Mira Holsten");
    }

    [Fact]
    public async Task A_card_dragged_where_it_may_not_go_stays_and_the_lane_says_why()
    {
        var rfq = await CopyOfDraftAsync();
        await using var mira = await app.SignInAsync(Mira);
        await mira.OpenAsync("/rfqs");
        var card = mira.Page.Locator($"#lane-draft article[data-card='{rfq.Number}']");
        await card.DragToAsync(mira.Page.Locator("#lane-awarded .lane-cards"), new() { TargetPosition = new() { X = 60, Y = 40 } });
        await Assertions.Expect(mira.Page.Locator(".toast-refused")).ToContainTextAsync("No supplier has seen this draft. Open it first.");
        await Assertions.Expect(card).ToBeVisibleAsync();
        Assert.Equal("draft", await app.ScalarAsync("select status::text from rfqs where id = $1", rfq.Id));
    }

    [Fact]
    public async Task Rows_from_a_spreadsheet_become_lines_and_bad_ones_are_named_and_can_be_mended()
    {
        await using var mira = await app.SignInAsync(Mira);
        var page = mira.Page;
        await mira.OpenAsync("/rfqs/new");
        await page.GetByLabel("Title").FillAsync("Pasted");
        var part = await app.ScalarAsync("select number from parts where deleted_at is null and $1::uuid is not null order by number limit 1", Guid.CreateVersion7());
        // As a spreadsheet copies it: tabs, a head, a thousand with a comma, a number that is none, a unit that is none.
        await PasteAsync(page, "[aria-label='Description of line 10']", $"Part\tQty\tUnit\tTarget\tNeed by\n{part}\t1,200\t\t3.60\t2027-03-01\nno such part\tmany\tkg\t\t\nSpecial paint\t12\tfurlong\t\t31.12.2027\n");
        var note = page.Locator(".lines-note");
        await Assertions.Expect(note).ToContainTextAsync("3 lines added.");
        await Assertions.Expect(note).ToContainTextAsync("Row 3:");
        await Assertions.Expect(note).ToContainTextAsync("“many” is not a number");
        await Assertions.Expect(note).ToContainTextAsync("There is no unit \"furlong\"");
        await Assertions.Expect(page.GetByLabel("Quantity of line 10")).ToHaveValueAsync("1200");
        // Saving names what is still missing and loses nothing.
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Assertions.Expect(page.Locator(".line-faults")).ToHaveCountAsync(2);
        await page.GetByLabel("Quantity of line 20").FillAsync("5");
        await page.GetByLabel("Unit of line 30").SelectOptionAsync(new SelectOptionValue { Label = "kg" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await page.WaitForURLAsync(RfqPage());
        await Assertions.Expect(page.Locator("table.rfq-lines tbody tr")).ToHaveCountAsync(3);

        // More from a file, semicolons and decimal commas, below those that are there.
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit draft" }).ClickAsync();
        await page.Locator("input[data-lines-file]").SetInputFilesAsync(new FilePayload
        {
            Name = "lines.csv", MimeType = "text/csv", Buffer = Encoding.Latin1.GetBytes("Beschreibung;Menge;Einheit;Preis\r\nGarn, gek\u00e4mmt;1.500,5;kg;2,75\r\n"),
        });
        await Assertions.Expect(note).ToContainTextAsync("1 line added.");
        await Assertions.Expect(page.GetByLabel("Description of line 40")).ToHaveValueAsync("Garn, gek\u00e4mmt");
        await Assertions.Expect(page.GetByLabel("Quantity of line 40")).ToHaveValueAsync("1500.5");
        // What is no table is refused in words, and the lines stay.
        await page.Locator("input[data-lines-file]").SetInputFilesAsync(new FilePayload { Name = "lines.xlsx", MimeType = "application/octet-stream", Buffer = [0x89, 0x50, 0x4E, 0x47, 1, 2] });
        await Assertions.Expect(page.GetByText("This is a picture, not a table.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Description of line 40")).ToHaveValueAsync("Garn, gek\u00e4mmt");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await page.WaitForURLAsync(RfqPage());
        await Assertions.Expect(page.Locator("table.rfq-lines tbody tr")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task A_file_chosen_before_the_page_listens_for_files_is_read_when_it_does()
    {
        var rfq = await CopyOfDraftAsync();
        await using var mira = await app.SignInAsync(Mira);
        await mira.OpenAsync($"/rfqs/{rfq.Id}");
        var page = mira.Page;
        // A slow line between browser and server: the page shows, and its input learns later that it is to listen.
        await page.EvaluateAsync("() => { const files = Blazor._internal.InputFile, begin = files.init; window.late = []; files.init = (...all) => { window.late.push(() => begin(...all)); }; }");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit draft" }).ClickAsync();
        var input = page.Locator("input[data-lines-file]");
        await input.SetInputFilesAsync(new FilePayload { Name = "lines.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("Description,Quantity,Unit\nSpindle oil,12,kg\n") });
        await Assertions.Expect(page.Locator(".lines-note")).ToHaveCountAsync(0);
        await page.EvaluateAsync("() => window.late.forEach(begin => begin())");
        await Assertions.Expect(page.Locator(".lines-note")).ToContainTextAsync("1 line added.");
    }

    [Fact]
    public async Task Parts_chosen_in_the_list_start_an_RFQ()
    {
        await using var mira = await app.SignInAsync(Mira);
        var page = mira.Page;
        await mira.OpenAsync("/parts");
        var rows = page.Locator("table.grid tbody tr");
        var names = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await rows.Nth(i).GetByRole(AriaRole.Checkbox).CheckAsync();
            names.Add((await rows.Nth(i).Locator("a.row-link").InnerTextAsync()).Trim());
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Start RFQ" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New RFQ" })).ToBeVisibleAsync();
        for (var i = 0; i < 2; i++)
        {
            var value = await page.GetByRole(AriaRole.Combobox, new() { Name = $"Part of line {(i + 1) * 10}" }).InputValueAsync();
            Assert.Contains(names, n => value.StartsWith(n, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_drawing_attached_to_a_line_reaches_the_supplier_in_portal_and_link_and_goes_with_a_copy()
    {
        var rfq = await app.ScalarAsync("select r.id::text from rfqs r join rfq_invitations i on i.rfq_id = r.id join suppliers s on s.id = i.supplier_id where s.name = 'Orvane Textiles' and r.status = 'open' and $1::uuid is not null order by r.number limit 1", Guid.CreateVersion7());
        var name = $"drawing-{Guid.CreateVersion7().ToString("N")[^6..]}.txt";
        await using var mira = await app.SignInAsync(Mira);
        var page = mira.Page;
        await mira.OpenAsync($"/rfqs/{rfq}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = FilesOfLine10() }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Files of line 10" });
        await panel.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = "as drawn"u8.ToArray() });
        await panel.GetByText("Suppliers see it").ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Checkbox, new() { Name = "Suppliers see it" }).First).ToBeCheckedAsync();

        await using (var supplier = await app.SignInAsync("rui.tavora@example.test"))
        {
            await supplier.OpenAsync($"/portal/rfqs/{rfq}");
            var download = await supplier.Page.RunAndWaitForDownloadAsync(() => supplier.Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync());
            Assert.Equal(name, download.SuggestedFilename);
        }

        await mira.OpenAsync($"/rfqs/{rfq}");
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy RFQ" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog).Filter(new() { HasText = "A new draft with the same text" });
        await Assertions.Expect(dialog.GetByText("With its file, shown").Or(dialog.GetByText("files, shown"))).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Copy RFQ" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/edit$"));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = FilesOfLine10() }).ClickAsync();
        await Assertions.Expect(panel.GetByText(name)).ToBeVisibleAsync();
        Assert.Empty(await mira.AccessibilityFindingsAsync());
    }

    [GeneratedRegex("/rfqs/[0-9a-f-]{36}$")]
    private static partial Regex RfqPage();

    [GeneratedRegex("^Invite \\d+ supplier")]
    private static partial Regex Invite();

    [GeneratedRegex("^(Attach files to|\\d+ files? of) line 10$")]
    private static partial Regex FilesOfLine10();

    private static async Task MoveAsync(Visitor visitor, string card, string state)
    {
        await visitor.Page.Locator(card).HoverAsync();
        await visitor.Page.Locator($"{card} .card-move").ClickAsync();
        await visitor.Page.Locator(".moves").GetByRole(AriaRole.Button, new() { Name = state }).ClickAsync();
    }

    // What the clipboard of a spreadsheet gives a page, without a clipboard.
    private static Task PasteAsync(IPage page, string into, string text) => page.Locator(into).EvaluateAsync(
        "(element, text) => { const data = new DataTransfer(); data.setData('text/plain', text); element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }", text);

    /// <summary>A draft of the demo company that is ready to go out, under a number of its own, so that no other test meets it.</summary>
    private async Task<(Guid Id, string Number)> CopyOfDraftAsync()
    {
        var source = Guid.Parse(await app.ScalarAsync(
            "select r.id::text from rfqs r where r.status = 'draft' and r.deadline is not null and exists (select from rfq_invitations i where i.rfq_id = r.id) and $1::uuid is not null order by r.number limit 1", Guid.CreateVersion7()));
        await using var mira = await app.SignInAsync(Mira);
        await mira.OpenAsync($"/rfqs/{source}");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Copy RFQ" }).ClickAsync();
        await mira.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Copy RFQ" }).ClickAsync();
        await mira.Page.WaitForURLAsync(new Regex("/edit$"));
        await mira.ReadyAsync();
        var deadline = mira.Page.Locator("[data-field=Deadline] input").First;
        await deadline.FillAsync(TimeProvider.System.GetUtcNow().AddDays(9).ToString("ddd d MMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await deadline.PressAsync("Tab");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await mira.Page.WaitForURLAsync(RfqPage());
        var id = Guid.Parse(mira.Page.Url[^36..]);
        return (id, await app.ScalarAsync("select number from rfqs where id = $1", id));
    }
}
