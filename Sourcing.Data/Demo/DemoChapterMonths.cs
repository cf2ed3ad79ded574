using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Demo;

/// <summary>
/// Closes what is over in the demo chapters, in the leaders' names: in Hillside every month that can be, in Harbour all but the last of them. In Hillside one was opened again for
/// a referral that was forgotten, and closed anew.
/// </summary>
internal sealed class DemoChapterMonths(IServiceProvider services, SystemSession sessions, IReadOnlyDictionary<string, Person> people)
{
    public async Task MakeAsync(CancellationToken ct)
    {
        var user = services.GetRequiredService<CurrentUser>();
        var before = user.Identity;
        var harbour = await BecomeAsync("petra.almqvist", "Harbour", ct);
        await CloseAsync(harbour, 1, ct);
        var hillside = await BecomeAsync("finn.okoye", "Hillside", ct);
        await CloseAsync(hillside, 0, ct);
        await CorrectAsync(hillside, ct);
        user.Become(before);
    }

    private async Task<Guid> BecomeAsync(string leader, string chapter, CancellationToken ct)
    {
        services.GetRequiredService<CurrentUser>().Become(await sessions.OfPersonAsync(people[$"{leader}@example.test"].Id, ct));
        return await services.GetRequiredService<Database>().ReadAsync((db, token) => db.Chapters.Where(c => c.Name == chapter).Select(c => c.Id).SingleAsync(token), ct);
    }

    private async Task CloseAsync(Guid chapter, int leave, CancellationToken ct)
    {
        var ready = (await services.GetRequiredService<MonthQueries>().ToCloseAsync(chapter, ct)).Where(m => m.IsReady).ToList();
        foreach (var month in ready.SkipLast(leave))
        {
            await services.GetRequiredService<MonthClosingService>().CloseAsync(chapter, month.Month, ct);
        }
    }

    private async Task CorrectAsync(Guid chapter, CancellationToken ct)
    {
        var closing = services.GetRequiredService<MonthClosingService>();
        var month = await services.GetRequiredService<Database>().ReadAsync(
            (db, token) => db.ClosedMonths.Where(m => m.ChapterId == chapter).OrderByDescending(m => m.FirstDay).Skip(1).Select(m => new { m.FirstDay, m.LastDay }).FirstAsync(token), ct);
        await closing.ReopenAsync(chapter, month.FirstDay, "Finn found a referral on paper that was never entered", ct);
        var choices = await services.GetRequiredService<SlipQueries>().ChoicesAsync(chapter, ct);
        await services.GetRequiredService<SlipService>().EnterAsync(
            new()
            {
                ChapterId = chapter, Kind = SlipKind.Referral, FromId = choices.People[0].Id, ToId = choices.People[1].Id, Note = "From the paper slips",
                MeetingId = choices.Meetings.First(m => m.HeldOn >= month.FirstDay && m.HeldOn <= month.LastDay).Id,
            }, ct);
        await closing.CloseAsync(chapter, month.FirstDay, ct);
    }
}
