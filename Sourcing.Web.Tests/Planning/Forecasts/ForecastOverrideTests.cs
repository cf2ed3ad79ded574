using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Forecasts;

public sealed class ForecastOverrideTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_override_stands_in_place_of_the_sources_until_it_is_taken_away()
    {
        var part = await Make.SoldPartAsync(database);
        await Make.KeepAsync(database, new Forecast(part.Id, ForecastSource.ProdPlan, part.Monday.AddDays(7), ForecastPeriod.Week, 300, 0.9m));
        await using var planner = await database.AsAsync(Role.Planner);
        var (service, queries) = (planner.Get<ForecastOverrideService>(), planner.Get<ForecastQueries>());

        // A Thursday stands for its week.
        await service.SetAsync(Form(part, weeks: 2, quantity: 5200, from: part.Monday.AddDays(10)), _ct);
        var weeks = (await queries.DetailsAsync(part.Id, _ct)).Weeks;
        Assert.Equal(new (decimal?, decimal?)[] { (300, 5200), (null, 5200) }, weeks.Skip(1).Take(2).Select(w => (w.Blend, w.Forecast)));
        Assert.Equal(["The navy programme starts early.", "The navy programme starts early."], weeks.Skip(1).Take(2).Select(w => w.Override!.Reason));
        Assert.False(weeks[0].IsOverridden || weeks[3].IsOverridden);

        var seen = Seen(weeks);
        await service.SetAsync(Form(part, quantity: 4000, from: part.Monday.AddDays(7), seen: seen, reason: "Half of it moved."), _ct);
        var changed = (await queries.DetailsAsync(part.Id, _ct)).Weeks;
        Assert.Equal([4000m, 5200m], changed.Skip(1).Take(2).Select(w => w.Forecast!.Value));
        Assert.Equal(2, await database.ScalarAsync<int>("select revision from forecasts where id = $1", changed[1].Override!.Id));

        await service.RemoveAsync(new() { PartId = part.Id, Figures = Seen(changed) }, _ct);
        var after = (await queries.DetailsAsync(part.Id, _ct)).Weeks;
        Assert.Equal((300, null), (after[1].Forecast, after[2].Forecast));
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1 and source = 'override' and deleted_by = $2", part.Id, planner.User.Id));
        // The history says who set it and who took it away.
        Assert.True(await database.ScalarAsync<long>("select count(*) from audit_entries where table_name = 'forecasts' and actor_id = $1 and parent_id = $2", planner.User.Id, part.Id) >= 5);
    }

    [Fact]
    public async Task A_manual_figure_is_one_source_more()
    {
        var part = await Make.SoldPartAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        await planner.Get<ForecastOverrideService>().SetAsync(new() { PartId = part.Id, Source = ForecastSource.Manual, From = part.Monday, Quantity = 80, Confidence = 0.6m }, _ct);
        var week = (await planner.Get<ForecastQueries>().DetailsAsync(part.Id, _ct)).Weeks[0];
        Assert.Equal((80m, 0.6m, false), (week.Blend!.Value, week.Of(ForecastSource.Manual)!.Confidence, week.IsOverridden));
        Assert.Equal(80m, week.Manual!.Quantity);
    }

    [Fact]
    public async Task Refusals_name_the_field()
    {
        var part = await Make.SoldPartAsync(database);
        await using var planner = await database.AsAsync(Role.Planner);
        var service = planner.Get<ForecastOverrideService>();
        async Task<string> FieldAsync(Action<ForecastFigureForm> spoil)
        {
            var form = Form(part);
            spoil(form);
            return (await Assert.ThrowsAsync<RefusedException>(() => service.SetAsync(form, _ct))).Errors.Single().Field;
        }

        Assert.Equal("Reason", await FieldAsync(f => f.Reason = " "));
        Assert.Equal("Quantity", await FieldAsync(f => f.Quantity = -1));
        Assert.Equal("Quantity", await FieldAsync(f => f.Quantity = null));
        Assert.Equal("Weeks", await FieldAsync(f => f.Weeks = 53));
        Assert.Equal("From", await FieldAsync(f => f.From = part.Monday.AddDays(-1)));
        Assert.Equal("Source", await FieldAsync(f => f.Source = ForecastSource.ProdPlan));
        Assert.Equal("Confidence", await FieldAsync(f => f.Source = ForecastSource.Manual));
        await Assert.ThrowsAsync<MissingException>(() => service.SetAsync(Form(part with { Id = Guid.CreateVersion7() }), _ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from forecasts where part_id = $1", part.Id));
    }

    [Fact]
    public async Task A_week_inside_an_imported_month_of_the_same_source_is_refused()
    {
        var part = await Make.SoldPartAsync(database);
        var month = new DateOnly(part.Monday.Year, part.Monday.Month, 1).AddMonths(2);
        await Make.KeepAsync(database, new Forecast(part.Id, ForecastSource.Override, month, ForecastPeriod.Month, 900, 1, "Agreed"));
        await using var planner = await database.AsAsync(Role.Planner);
        var service = planner.Get<ForecastOverrideService>();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => service.SetAsync(Form(part, from: month.AddDays(20)), _ct));
        Assert.Contains(month.ToString("MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
        await service.SetAsync(Form(part, from: month.AddDays(40)), _ct);
    }

    [Fact]
    public async Task Somebody_elses_figure_is_never_replaced_unseen()
    {
        var part = await Make.SoldPartAsync(database);
        await using var one = await database.AsAsync(Role.Planner);
        await using var two = await database.AsAsync(Role.Planner);
        await one.Get<ForecastOverrideService>().SetAsync(Form(part, quantity: 10), _ct);
        await Assert.ThrowsAsync<ConflictException>(() => two.Get<ForecastOverrideService>().SetAsync(Form(part, quantity: 20), _ct));
        var seen = Seen((await two.Get<ForecastQueries>().DetailsAsync(part.Id, _ct)).Weeks);
        await one.Get<ForecastOverrideService>().SetAsync(Form(part, quantity: 11, seen: seen), _ct);
        await Assert.ThrowsAsync<ConflictException>(() => two.Get<ForecastOverrideService>().SetAsync(Form(part, quantity: 20, seen: seen), _ct));
        await Assert.ThrowsAsync<ConflictException>(() => two.Get<ForecastOverrideService>().RemoveAsync(new() { PartId = part.Id, Figures = seen }, _ct));
        Assert.Equal(11m, await database.ScalarAsync<decimal>("select quantity from forecasts where part_id = $1 and deleted_at is null", part.Id));
    }

    [Fact]
    public async Task Only_planners_figures_are_taken_away_here()
    {
        var part = await Make.SoldPartAsync(database);
        var imported = new Forecast(part.Id, ForecastSource.ProdPlan, part.Monday, ForecastPeriod.Week, 300, 0.9m);
        await Make.KeepAsync(database, imported);
        await using var planner = await database.AsAsync(Role.Planner);
        await Assert.ThrowsAsync<MissingException>(
            () => planner.Get<ForecastOverrideService>().RemoveAsync(new() { PartId = part.Id, Figures = [new() { Id = imported.Id, Version = imported.Version }] }, _ct));
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.ReadOnly)]
    public async Task Who_may_not_plan_overrides_nothing(Role role)
    {
        var part = await Make.SoldPartAsync(database);
        await using var scope = await database.AsAsync(role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ForecastOverrideService>().SetAsync(Form(part), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ForecastOverrideService>().RemoveAsync(new() { PartId = part.Id, Figures = [new()] }, _ct));
    }

    private static List<SeenFigure> Seen(IEnumerable<ForecastWeek> weeks) => [.. weeks.Select(w => w.Override).OfType<PlannersFigure>().Select(f => new SeenFigure { Id = f.Id, Version = f.Version })];

    private static ForecastFigureForm Form(SoldPart part, int weeks = 1, decimal quantity = 100, DateOnly? from = null, List<SeenFigure>? seen = null, string reason = "The navy programme starts early.") =>
        new() { PartId = part.Id, From = from ?? part.Monday, Weeks = weeks, Quantity = quantity, Reason = reason, Version = seen ?? [] };
}
