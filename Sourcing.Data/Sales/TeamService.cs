using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>Where a representative stands, as an admin says it.</summary>
public sealed class RepForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid Id { get; set; }

    public uint Version { get; set; }

    /// <summary>Null at the top.</summary>
    [Display(Name = "Manager")]
    public Guid? ManagerId { get; set; }

    /// <summary>An existing team, or a new one by its name; empty for none.</summary>
    [StringLength(80, ErrorMessage = "A team's name has 80 characters at most.")]
    public string Team { get; set; } = "";

    [Display(Name = "Takes customers")]
    public bool IsActive { get; set; } = true;
}

/// <summary>A quota as a manager sets it.</summary>
public sealed class QuotaForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    public Guid SalesRepId { get; set; }

    public QuotaPeriod Period { get; set; } = QuotaPeriod.Quarter;

    [Required(ErrorMessage = "Choose the first day of the period."), Display(Name = "Begins on")]
    public DateOnly? PeriodStart { get; set; }

    [Required(ErrorMessage = "Type what is to be sold.")]
    public decimal? Amount { get; set; }

    [Required(ErrorMessage = "Choose the currency.")]
    public string Currency { get; set; } = Operations.CurrencyConversion.Base;

}

/// <summary>Places representatives and sets quotas.</summary>
public sealed class TeamService(Database database, CurrentUser user)
{
    /// <summary>Says who leads a representative, and the team; a team that does not exist yet is made. An admin's alone. Refuses a loop.</summary>
    public Task<Guid> PlaceAsync(RepForm form, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            // Two who turn the tree at once come one after the other: together they could close a loop.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(7305809122170)", token);
            var rep = await db.SalesReps.SingleOrDefaultAsync(r => r.Id == form.Id, token) ?? throw new MissingException("representative");
            db.Entry(rep).Property(r => r.Version).OriginalValue = form.Version;
            var managers = await db.SalesReps.Select(r => new { r.Id, r.ManagerId }).ToDictionaryAsync(r => r.Id, r => r.ManagerId, token);
            if (form.ManagerId is { } manager && !managers.ContainsKey(manager))
            {
                throw new RefusedException(nameof(form.ManagerId), "Only a representative or sales manager leads others. Give that person the role first.");
            }

            rep.Place(form.ManagerId, await TeamAsync(db, form.Team.Trim(), token), form.IsActive, managers);
            await db.SaveChangesAsync(token);
            return rep.Id;
        }, ct);
    }

    /// <summary>Sets a quota of somebody below. Refuses one's own, a period that overlaps another, and one that does not begin with its month, quarter or year.</summary>
    public Task<Guid> SetQuotaAsync(QuotaForm form, CancellationToken ct)
    {
        user.Demand(Permission.SalesManage);
        FormShape.Demand(form);
        DemandNotOwn(form.SalesRepId);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (!await db.SalesReps.AnyAsync(r => r.Id == form.SalesRepId, token))
            {
                throw new MissingException("representative");
            }

            if (form.Id is { } id)
            {
                var quota = await db.SalesQuotas.SingleOrDefaultAsync(q => q.Id == id, token) ?? throw new MissingException("quota");
                db.Entry(quota).Property(q => q.Version).OriginalValue = form.Version;
                quota.Set(form.Amount!.Value, form.Currency);
                await db.SaveChangesAsync(token);
                return quota.Id;
            }

            var made = new SalesQuota(form.SalesRepId, form.Period, form.PeriodStart!.Value, form.Amount!.Value, form.Currency);
            db.Add(made);
            await db.SaveChangesAsync(token);
            return made.Id;
        }, ct);
    }

    /// <summary>Removes a quota that was not meant. Refuses one's own.</summary>
    public Task RemoveQuotaAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.SalesManage);
        return database.WriteAsync(async (db, token) =>
        {
            var quota = await db.SalesQuotas.SingleOrDefaultAsync(q => q.Id == id, token) ?? throw new MissingException("quota");
            DemandNotOwn(quota.SalesRepId);
            db.Remove(quota);
            await db.SaveChangesAsync(token);
        }, ct);
    }

    private void DemandNotOwn(Guid rep)
    {
        if (rep == user.Id && !user.May(Permission.UsersManage))
        {
            throw new RefusedException("Nobody sets their own quota. Ask whoever leads you, or an admin.");
        }
    }

    private static async Task<Guid?> TeamAsync(SourcingDb db, string name, CancellationToken ct)
    {
        if (name.Length == 0)
        {
            return null;
        }

        if (await db.SalesTeams.Where(t => t.Name == name).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct) is { } known)
        {
            return known;
        }

        var team = new SalesTeam(name);
        db.Add(team);
        return team.Id;
    }
}
