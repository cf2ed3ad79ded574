using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Shared;

/// <summary>What was typed into a long form and not saved survives the page, though it is larger than one message to the server may be.</summary>
public sealed class DraftTests(App app)
{
    private const string Buyer = "mira.holsten@example.test";
    private const int Lines = 200;

    /// <summary>The largest message that a browser may send to the server, in bytes.</summary>
    private const int LargestMessage = 32 * 1024;

    [Fact]
    public async Task An_order_of_200_lines_comes_back_after_the_page_went_away()
    {
        var order = await OrderAsync();
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync($"/orders/{order}/edit");
        var field = buyer.Page.GetByLabel($"Description of line {Lines}", new() { Exact = true });
        await field.FillAsync("Typed and never saved");
        await field.PressAsync("Tab");
        Assert.True(await LeaveAsync(buyer, "Typed and never saved") > LargestMessage);

        await BringBackAsync(buyer);
        await Assertions.Expect(field).ToHaveValueAsync("Typed and never saved");
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Save order" }).ClickAsync();
        await buyer.Page.WaitForURLAsync(new Regex($"/orders/{order}$"));
        await Assertions.Expect(buyer.Page.Locator("table.order-lines").GetByText("Typed and never saved")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Equal(0, await KeptAsync(buyer));
    }

    [Fact]
    public async Task An_rfq_of_200_pasted_lines_comes_back_after_the_page_went_away()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/rfqs/new");
        var rows = new StringBuilder("Description;Quantity;Unit;Target price\r\n");
        for (var i = 1; i <= Lines; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"Combed yarn for the spring programme, dyed to sample {i};{1000 + i};kg;{4 + (i / 100m)}\r\n");
        }

        await buyer.Page.Locator("input[data-lines-file]").SetInputFilesAsync(new FilePayload { Name = "lines.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows.ToString()) });
        await Assertions.Expect(buyer.Page.GetByText($"{Lines} lines added.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(await LeaveAsync(buyer, $"dyed to sample {Lines}") > LargestMessage);

        await BringBackAsync(buyer);
        await Assertions.Expect(buyer.Page.GetByLabel($"Description of line {Lines * 10}", new() { Exact = true })).ToHaveValueAsync($"Combed yarn for the spring programme, dyed to sample {Lines}");
    }

    /// <summary>Waits until the browser keeps the draft with this text, then loads the page anew. The draft's size in bytes.</summary>
    private static async Task<int> LeaveAsync(Visitor visitor, string text)
    {
        await visitor.Page.WaitForFunctionAsync("text => Object.keys(sessionStorage).some(key => key.startsWith('draft:') && sessionStorage.getItem(key).includes(text))", text);
        var size = await KeptAsync(visitor);
        // The browser asks whether to leave: whoever loses a page is not asked.
        visitor.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await visitor.Page.ReloadAsync();
        await visitor.ReadyAsync();
        return size;
    }

    private static async Task BringBackAsync(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("is still on this device")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    private static Task<int> KeptAsync(Visitor visitor) => visitor.Page.EvaluateAsync<int>(
        "Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).reduce((sum, key) => sum + new TextEncoder().encode(sessionStorage.getItem(key)).length, 0)");

    private async Task<Guid> OrderAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database>();
        var sessions = scope.ServiceProvider.GetRequiredService<SystemSession>();
        var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        user.Become(await sessions.IdentityAsync(CancellationToken.None));
        var (buyer, supplier, unit) = await database.ReadAsync(
            async (db, ct) => (
                await db.People.Where(p => p.Email == Buyer).Select(p => p.Id).SingleAsync(ct),
                await db.Suppliers.Where(s => s.Name == "Orvane Textiles").Select(s => s.Id).SingleAsync(ct),
                await db.Units.Where(u => u.Code == "kg").Select(u => u.Id).SingleAsync(ct)),
            CancellationToken.None);
        user.Become(await sessions.OfPersonAsync(buyer, CancellationToken.None));
        return await scope.ServiceProvider.GetRequiredService<OrderService>().SaveAsync(
            new()
            {
                SupplierId = supplier,
                Lines = [.. Enumerable.Range(1, Lines).Select(i => new OrderLineForm { Description = $"Yarn of lot {i}", Quantity = 100 + i, UnitId = unit, UnitPrice = 4 + (i / 100m) })],
            },
            CancellationToken.None);
    }
}
