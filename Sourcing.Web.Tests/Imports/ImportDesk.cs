using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports;

/// <summary>Somebody who imports: the steps of a person and of the job, one after the other.</summary>
internal sealed class ImportDesk(TestScope scope)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public ImportService Service => scope.Get<ImportService>();

    public ImportQueries Queries => scope.Get<ImportQueries>();

    public async Task<Guid> UploadAsync(string kind, TestFile file)
    {
        await using var content = file.Open();
        return await Service.UploadAsync(Guid.CreateVersion7(), kind, file.Name, content, _ct);
    }

    public async Task<Guid> UploadAsync(string kind, string text)
    {
        using var file = TestFile.Text(text);
        return await UploadAsync(kind, file);
    }

    /// <summary>Changes how the columns are read.</summary>
    public async Task MatchAsync(Guid id, Func<MappingDefinition, MappingDefinition> change)
    {
        var run = await DetailsAsync(id);
        await Service.MatchAsync(id, run.Version, change(run.Mapping), _ct);
    }

    public async Task<ImportDetails> CheckAsync(Guid id)
    {
        await Service.CheckAsync(id, _ct);
        return await WorkAsync(id);
    }

    /// <summary>Uploads and checks.</summary>
    public async Task<ImportDetails> CheckAsync(string kind, string text) => await CheckAsync(await UploadAsync(kind, text));

    public async Task<ImportDetails> CommitAsync(Guid id)
    {
        await Service.CommitAsync(id, _ct);
        return await WorkAsync(id);
    }

    /// <summary>Uploads, checks and writes; every row has to be ready.</summary>
    public async Task<ImportDetails> ImportAsync(string kind, string text)
    {
        var run = await CheckAsync(kind, text);
        Assert.True(run.RejectedRows == 0, string.Join("\n", (await RowsAsync(run.Id)).SelectMany(r => r.Problems.Select(p => $"row {r.Row}, {p.Field}: {p.Message}. {p.Hint}"))));
        return await CommitAsync(run.Id);
    }

    public async Task<ImportDetails> UndoAsync(Guid id)
    {
        await Service.UndoAsync(id, _ct);
        try
        {
            return await WorkAsync(id);
        }
        catch (RefusedException)
        {
            return await DetailsAsync(id);
        }
    }

    /// <summary>Does what is queued for the import, as a server would.</summary>
    public async Task<ImportDetails> WorkAsync(Guid id, CancellationToken? stop = null)
    {
        var jobs = scope.Get<JobRunService>();
        var run = (await jobs.LatestForAsync(id, _ct))!;
        var work = scope.Services.GetServices<IBackgroundWork>().OfType<ImportWork>().Single();
        await work.RunAsync(run, new JobProgress(jobs, run.Id), stop ?? _ct);
        return await DetailsAsync(id);
    }

    public Task<ImportDetails> DetailsAsync(Guid id) => Queries.DetailsAsync(id, _ct);

    public async Task<IReadOnlyList<StagedRow>> RowsAsync(Guid id, RowFilter filter = RowFilter.Attention) => (await Queries.RowsAsync(id, filter, 0, _ct)).Rows;

    /// <summary>What is wrong with one row, in one text.</summary>
    public async Task<string> WrongAsync(Guid id, int row) =>
        string.Join(" ", (await RowsAsync(id, RowFilter.All)).Single(r => r.Row == row).Problems.Select(p => $"[{p.Field}] {p.Message}. {p.Hint}{(p.Use is null ? "" : $" → {p.Use}")}"));
}
