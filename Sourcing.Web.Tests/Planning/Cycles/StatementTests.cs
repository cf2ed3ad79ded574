using System.Collections.Concurrent;
using System.Diagnostics;
using Sourcing.Data.Catalog;
using Sourcing.Data.Planning;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>How many statements a run sends: few, and not more for more parts.</summary>
public sealed class StatementTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_sends_at_most_fifty_statements_whatever_the_number_of_parts()
    {
        var mill = await Mill.BuildAsync(database);
        // Asks how needs varied too.
        await database.SqlAsync("update planning_parameters set safety_method = 'service_level' where scope = 'plan'");
        // The first has none before it to compare with.
        await mill.PlanAsync();
        var few = await StatementsAsync(mill);
        await mill.WriteAsync(db =>
        {
            for (var i = 0; i < 300; i++)
            {
                var part = new Part(new PartFacts($"TRIM-{i:000}", "Trim", PartType.Component, mill.Piece));
                db.Add(part);
                db.Add(new SupplierPart(mill.Spinner.Id, part.Id, new(1, "EUR") { LeadTimeDays = 7, ReliabilityScore = 1 }));
                db.Add(new BomLine(mill.Towel.Id, part.Id, new(1, mill.Piece, false, 0, BomLine.Always, null)));
                Mill.Stock(db, part.Id, 5);
            }

            return Task.FromResult(true);
        });

        var many = await StatementsAsync(mill);

        Assert.Equal(301, many.Recommendations);
        Assert.Equal(few.Sent, many.Sent);
        Assert.InRange(many.Sent, 20, 50);
        Assert.Equal(many.Sent, many.Told);
    }

    // By Npgsql's own traces, which see COPY and every statement of whatever library; transactions' begin and end are none.
    private async Task<(int Sent, int? Told, int Recommendations)> StatementsAsync(Mill mill)
    {
        var name = await database.ScalarAsync<string>("select current_database()");
        await using var scope = database.As(mill.Planner);
        var id = await scope.Get<Data.Planning.Cycles.PlanningService>().StartAsync(new(), Ct);
        var sent = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(t => t.Value as string == name))
                {
                    sent.Enqueue(activity.DisplayName + " " + activity.GetTagItem("db.query.text"));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        // Its own kind of progress, so that a slow machine counts no more words than a fast one.
        await scope.Get<Data.Planning.Cycles.PlanningWork>().WorkAsync(id, new(), Ct);
        listener.Dispose();
        var counts = (await scope.Get<Data.Planning.Cycles.CycleQueries>().DetailsAsync(id, Ct)).Row.Counts!;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", sent));
        // EF sends what it saves together, each statement with its semicolon.
        return (sent.Sum(text => Math.Max(1, text.Split('\n').Count(line => line.EndsWith(';')))), counts.Statements, counts.Recommendations);
    }
}
