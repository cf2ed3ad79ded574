using Bunit;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Catalog;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

/// <summary>Parts that follow one another.</summary>
public sealed class SuccessorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chain_is_shown_to_its_living_end_and_its_end_is_named_everywhere()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (a, b, c, numbers) = await ChainAsync(scope);
        var details = (await scope.Get<PartQueries>().DetailsAsync(a, _ct))!;
        Assert.Equal([b, c], details.Successors.Select(s => s.Id));
        Assert.Empty((await scope.Get<PartQueries>().DetailsAsync(c, _ct))!.Successors);
        Assert.Equal(c, (await scope.Get<PartQueries>().FindAsync(numbers[0], 5, _ct))[0].Successor!.Id);
        Assert.Contains(await scope.Get<SearchQueries>().FindAsync(numbers[0], 5, _ct), r => r.Id == a && r.Name.EndsWith($"replaced by {numbers[2]}", StringComparison.Ordinal));
        await using var page = new PageContext(scope);
        var cut = page.Render<PartOverview>(p => p.Add(x => x.Part, details));
        Assert.Contains($"Buy {numbers[2]} where it fits", cut.Find(".notice").TextContent, StringComparison.Ordinal);
        await scope.Get<PartService>().DeleteAsync([c], _ct);
        Assert.Equal([b], (await scope.Get<PartQueries>().DetailsAsync(a, _ct))!.Successors.Select(s => s.Id));
    }

    [Fact]
    public async Task A_loop_is_refused_with_its_path()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (a, _, c, numbers) = await ChainAsync(scope);
        var form = await scope.Get<PartQueries>().FormAsync(c, _ct);
        form.CrossReferences.Add(new() { Kind = CrossReferenceKind.ReplacedBy, Number = numbers[0], OtherPartId = a });
        var refused = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<PartService>().SaveAsync(form, _ct));
        Assert.Equal("CrossReferences[0].OtherPartId", refused.Errors.Single().Field);
        Assert.Contains($"{numbers[2]} → {numbers[0]} → {numbers[1]} → {numbers[2]}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_closes_a_loop_is_refused_row_by_row()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (_, _, _, numbers) = await ChainAsync(scope);
        var desk = new ImportDesk(scope);
        var run = await desk.CheckAsync("cross_references", $"Part number,Kind,Their number\n{numbers[2]},replaced_by,{numbers[0]}\n");
        Assert.Contains("would follow itself", await desk.WrongAsync(run.Id, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_chooses_a_replaced_part_takes_its_successor_with_one_click()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (a, _, c, numbers) = await ChainAsync(scope);
        await using var page = new PageContext(scope);
        Guid? value = a;
        var cut = page.Render<PartPicker>(p => p.Add(x => x.Value, value).Add(x => x.ValueChanged, id => value = id).Add(x => x.Label, "Part"));
        cut.WaitForAssertion(() => Assert.Contains($"{numbers[0]} is replaced by {numbers[2]}", cut.Find(".picker-note").TextContent, StringComparison.Ordinal));
        await cut.InvokeAsync(() => cut.Find(".picker-note button").ClickAsync(new()));
        cut.WaitForAssertion(() => Assert.Equal(c, value));
    }

    private static async Task<(Guid A, Guid B, Guid C, string[] Numbers)> ChainAsync(TestScope scope)
    {
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        string[] numbers = [CatalogMaker.Code("OLD-"), CatalogMaker.Code("MID-"), CatalogMaker.Code("NEW-")];
        var c = await scope.PartAsync(unit, numbers[2]);
        var b = await scope.PartAsync(unit, numbers[1], more: f => f.CrossReferences.Add(new() { Kind = CrossReferenceKind.ReplacedBy, Number = numbers[2], OtherPartId = c }));
        var a = await scope.PartAsync(unit, numbers[0], more: f => f.CrossReferences.Add(new() { Kind = CrossReferenceKind.ReplacedBy, Number = numbers[1], OtherPartId = b }));
        return (a, b, c, numbers);
    }
}
