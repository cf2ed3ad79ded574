using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Planning;

/// <summary>Stock and bills of materials in a real browser: counted on a telephone, typed into, opened; nothing serious for axe, nothing sideways, light and dark, wide and narrow.</summary>
public sealed class StockWalk(App app)
{
    private const string Planner = "jonas.reker@example.test";

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Stock_and_bills_of_materials_are_fit_for_everybody(int width)
    {
        var (fabric, yarn, other) = await ArrangeAsync();
        var findings = new List<string>();
        await using var planner = await app.SignInAsync(Planner, width);
        foreach (var path in new[]
        {
            "/inventory", "/inventory?f.state=negative", "/inventory?tab=mend", $"/inventory/{yarn}", $"/inventory/{other}", "/boms", "/boms?tab=cycles", $"/boms/{fabric}", $"/boms/{fabric}/levels?quantity=250",
            $"/boms/{yarn}/where-used", $"/boms/{other}", $"/parts/{yarn}",
        })
        {
            await planner.OpenAsync(path);
            await LookAsync(planner, path.Replace(fabric.ToString(), "fabric", StringComparison.Ordinal).Replace(yarn.ToString(), "yarn", StringComparison.Ordinal).Replace(other.ToString(), "other", StringComparison.Ordinal), width, findings);
        }

        foreach (var panel in new[] { "Count stock", "Correct", "Issue", "Reserve" })
        {
            await planner.OpenAsync($"/inventory/{yarn}");
            await planner.Page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = panel, Exact = true }).ClickAsync();
            await planner.Page.Locator(".side-panel form").WaitForAsync();
            var figure = planner.Page.GetByLabel(panel == "Count stock" ? "Counted" : "Quantity", new() { Exact = true });
            await figure.FillAsync("90000");
            await figure.PressAsync("Tab");
            await Assertions.Expect(planner.Page.Locator(".side-panel .stock-says").Last).ToContainTextAsync("kg");
            await LookAsync(planner, panel, width, findings);
        }

        await planner.OpenAsync($"/boms/{yarn}/where-used");
        await planner.Page.GetByRole(AriaRole.Button, new() { Name = "Replace everywhere" }).ClickAsync();
        await planner.Page.Locator(".side-panel form").WaitForAsync();
        await LookAsync(planner, "replace", width, findings);
        await planner.OpenAsync($"/boms/{fabric}");
        await planner.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "Quantity of line 1" }).FillAsync("0");
        await planner.Page.GetByRole(AriaRole.Button, new() { Name = "Save bill of materials" }).ClickAsync();
        await Assertions.Expect(planner.Page.Locator(".line-faults .field-error")).Not.ToHaveCountAsync(0);
        await LookAsync(planner, "refused line", width, findings);
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public async Task A_planner_counts_with_a_telephone_what_a_colleague_sees_at_once()
    {
        var (_, yarn, _) = await ArrangeAsync();
        await using var desk = await app.SignInAsync("mira.holsten@example.test");
        await desk.OpenAsync($"/inventory/{yarn}");
        await using var shelf = await app.SignInAsync(Planner, 390);
        await shelf.OpenAsync($"/inventory/{yarn}");
        await shelf.Page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = "Count stock" }).ClickAsync();
        var counted = shelf.Page.GetByLabel("Counted", new() { Exact = true });
        await Assertions.Expect(counted).ToBeFocusedAsync();
        await counted.FillAsync("7321.5");
        await counted.PressAsync("Enter");
        await Assertions.Expect(shelf.Page.Locator(".side-panel form")).ToHaveCountAsync(0);
        await Assertions.Expect(shelf.Page.Locator(".facts")).ToContainTextAsync("7,321.5");
        await Assertions.Expect(desk.Page.Locator(".facts")).ToContainTextAsync("7,321.5");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "Count stock" })).ToHaveCountAsync(0);
    }

    // A quantity is heard of when its field is left, here by pressing Save: the sum of shares above grows or shrinks, and the button is elsewhere when the finger comes up.
    [Fact]
    public async Task A_button_that_moves_away_while_it_is_pressed_is_pressed_all_the_same()
    {
        var (fabric, _, _) = await ArrangeAsync();
        await using var planner = await app.SignInAsync(Planner);
        await planner.OpenAsync($"/boms/{fabric}");
        var save = planner.Page.GetByRole(AriaRole.Button, new() { Name = "Save bill of materials" });
        await planner.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "Quantity of line 1" }).FillAsync("0");
        await save.ScrollIntoViewIfNeededAsync();
        var before = (await save.BoundingBoxAsync())!;
        await planner.Page.Mouse.MoveAsync(before.X + (before.Width / 2), before.Y + (before.Height / 2));
        await planner.Page.Mouse.DownAsync();
        await planner.Page.WaitForFunctionAsync("from => Math.abs(document.querySelector('.form-foot .btn-primary').getBoundingClientRect().y - from) > 20", (double)before.Y);
        await planner.Page.Mouse.UpAsync();
        await Assertions.Expect(planner.Page.Locator(".line-faults .field-error")).Not.ToHaveCountAsync(0);
    }

    /// <summary>A fabric of three yarns, one of them with stock that moved, and a part without anything; new ones each time.</summary>
    private async Task<(Guid Fabric, Guid Yarn, Guid Other)> ArrangeAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (user, sessions) = (services.GetRequiredService<CurrentUser>(), services.GetRequiredService<SystemSession>());
        user.Become(await sessions.IdentityAsync(CancellationToken.None));
        var kg = (await IdsAsync("select id from units where code = 'kg'"))[0];
        async Task<Guid> Part(string name) => await services.GetRequiredService<PartService>().SaveAsync(
            new() { Number = $"WALK-{Guid.CreateVersion7().ToString("N")[^8..].ToUpperInvariant()}", Name = name, UnitId = kg, StandardCost = 2.63m }, CancellationToken.None);
        var (fabric, yarn, other) = (await Part("Jersey 160 g, navy"), await Part("Carded cotton yarn Ne 20/1"), await Part("Elastane covered yarn"));
        var (second, twisted) = (await Part("Organic cotton yarn Ne 20/1"), await Part("Twisted yarn Ne 20/2"));

        user.Become(await sessions.OfPersonAsync((await IdsAsync($"select id from users where email = '{Planner}'"))[0], CancellationToken.None));
        var (stock, queries, boms) = (services.GetRequiredService<StockService>(), services.GetRequiredService<StockQueries>(), services.GetRequiredService<BomService>());
        await boms.SaveAsync(new() { PartId = twisted, YieldPercent = 92, Lines = [new() { ComponentId = yarn, Quantity = 1.05m, UnitId = kg }] }, CancellationToken.None);
        await boms.SaveAsync(
            new()
            {
                PartId = fabric, YieldPercent = 97, Note = "Ring spun, combed",
                Lines =
                [
                    new() { ComponentId = yarn, Quantity = 62, IsShare = true, ScrapPercent = 2 }, new() { ComponentId = second, Quantity = 34, IsShare = true, ValidTo = new(2099, 12, 31) },
                    new() { ComponentId = twisted, Quantity = 0.2m, UnitId = kg, ValidFrom = new(2026, 1, 1) },
                ],
            }, CancellationToken.None);
        async Task Move(StockAct act, decimal quantity, string why) => await stock.MoveAsync(
            new() { PartId = yarn, Act = act, OnHand = (await queries.DetailsAsync(yarn, CancellationToken.None)).OnHand, Quantity = quantity, UnitId = kg, Reason = why }, CancellationToken.None);
        await stock.CountAsync(new() { PartId = yarn, Counted = 8460, UnitId = kg }, CancellationToken.None);
        await Move(StockAct.Issue, 1850.25m, "Looms 1 to 12, week 47");
        await Move(StockAct.Return, 120, "Left over from loom 4");
        await Move(StockAct.TakeAway, 35.5m, "Wet pallet thrown away after the roof leaked; the insurance was told");
        await stock.ReserveAsync(new() { PartId = yarn, Quantity = 3000, UnitId = kg, Reference = "SO-2026-3381 Brinwell", NeededOn = new(2027, 1, 4) }, CancellationToken.None);
        await stock.MoveAsync(new() { PartId = second, Act = StockAct.Issue, Quantity = 40, UnitId = kg, Reason = "Sample" }, CancellationToken.None);

        // What months bring one by one, for the chart; and a safety stock as a plan would set it.
        await using var spread = services.GetRequiredService<DataSources>().Migrator.CreateCommand(
            """
            update stock_movements m set at = now() - make_interval(days => n::int * 19)
                from (select id, row_number() over (order by at desc) as n from stock_movements where part_id = $1) o where o.id = m.id;
            """);
        spread.Parameters.Add(new() { Value = yarn });
        await spread.ExecuteNonQueryAsync();
        await using var planned = services.GetRequiredService<DataSources>().Migrator.CreateCommand("update inventory set safety_stock = 7000, reorder_point = 9000 where part_id = $1");
        planned.Parameters.Add(new() { Value = yarn });
        await planned.ExecuteNonQueryAsync();
        return (fabric, yarn, other);
    }

    private async Task<List<Guid>> IdsAsync(string sql)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    // SCREENSHOTS names a folder for those who want to see what was looked at.
    private static async Task LookAsync(Visitor visitor, string what, int width, List<string> findings)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            var name = new string([.. what.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"stock-{name}-{width}.png") });
        }

        findings.AddRange((await visitor.FindingsAsync()).Concat(await visitor.OtherThemeFindingsAsync()).Select(f => $"{what}: {f}"));
    }
}
