using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Changes the parameters of the plan, of categories and of parts. They hold from the next cycle on.</summary>
public sealed class ParameterService(Database database, CurrentUser user)
{
    /// <summary>Parameters that hold for the whole plan alone: its buckets, how it reads forecasts and stock, and how suppliers are chosen.</summary>
    public static IReadOnlyList<string> OfThePlan { get; } =
    [
        nameof(PlanningParameters.Bucket), nameof(PlanningParameters.Buckets), nameof(PlanningParameters.WorkingDays), nameof(PlanningParameters.BackDays), nameof(PlanningParameters.ForwardDays),
        nameof(PlanningParameters.HalfLifeDays), nameof(PlanningParameters.ProdPlanWeight), nameof(PlanningParameters.SalesHistoryWeight), nameof(PlanningParameters.ProjectionWeight),
        nameof(PlanningParameters.ManualWeight), nameof(PlanningParameters.OtherWeight), nameof(PlanningParameters.PastDue), nameof(PlanningParameters.NegativeStock),
        nameof(PlanningParameters.ForecastMode), nameof(PlanningParameters.NormaliseRoundedBoms), nameof(PlanningParameters.ReleaseWindowDays),
        nameof(PlanningParameters.CriticalShareCap), nameof(PlanningParameters.ScoreCost),
    ];

    private static readonly Dictionary<string, PropertyInfo> FormFields = typeof(ParametersForm).GetProperties().ToDictionary(p => p.Name);

    /// <summary>Replaces all parameters of a scope. Refuses figures out of range, by field; of categories and parts what holds for the whole plan alone is left aside.</summary>
    /// <returns>The row's key.</returns>
    public Task<Guid> SaveAsync(ParametersForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        DemandFits(form);
        Value(form).Demand();
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await DemandTargetAsync(db, form, token);
            var row = await db.PlanningParameters.SingleOrDefaultAsync(p => p.Scope == form.Scope && p.CategoryId == (form.Scope == ParameterScope.Category ? form.TargetId : null)
                && p.PartId == (form.Scope == ParameterScope.Part ? form.TargetId : null), token);
            if ((row is null) != (form.Version is null))
            {
                throw new ConflictException();
            }

            if (row is null)
            {
                db.PlanningParameters.Add(row = Value(form));
            }
            else
            {
                db.Entry(row).Property(r => r.Version).OriginalValue = form.Version!.Value;
                foreach (var property in Settable(form.Scope))
                {
                    db.Entry(row).Property(property.Name).CurrentValue = FormFields[property.Name].GetValue(form);
                }
            }

            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(PlanningService.Topic, row.Id, token);
            return row.Id;
        }, ct);
    }

    private static void DemandFits(ParametersForm form)
    {
        var errors = new List<FieldError>();
        if ((form.Scope == ParameterScope.Plan) != (form.TargetId is null))
        {
            errors.Add(new(nameof(form.TargetId), form.Scope == ParameterScope.Plan ? "The plan's parameters belong to no part or category." : "Choose the part or category."));
        }

        if (form.SafetyStock is not null && form.Scope != ParameterScope.Part)
        {
            errors.Add(new(nameof(form.SafetyStock), "A safety stock is set by hand for one part. Set the least and most here instead."));
        }

        if (form.Scope == ParameterScope.Plan && form.LotRule == Arithmetic.LotMethod.Fixed && form.FixedQuantity is null)
        {
            errors.Add(new(nameof(form.LotRule), "A fixed quantity for everything needs that quantity. Enter it, or choose another rule."));
        }

        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }
    }

    private static IEnumerable<PropertyInfo> Settable(ParameterScope scope) =>
        CycleJson.ParameterProperties.Where(p => scope == ParameterScope.Plan || !OfThePlan.Contains(p.Name));

    private static PlanningParameters Value(ParametersForm form)
    {
        var value = new PlanningParameters(form.Scope, form.TargetId);
        foreach (var property in Settable(form.Scope))
        {
            property.SetValue(value, FormFields[property.Name].GetValue(form));
        }

        return value;
    }

    private static async Task DemandTargetAsync(SourcingDb db, ParametersForm form, CancellationToken ct)
    {
        if (form.Scope == ParameterScope.Part && !await db.Parts.AnyAsync(p => p.Id == form.TargetId, ct))
        {
            throw new MissingException("part");
        }

        if (form.Scope == ParameterScope.Category && !await db.PartCategories.AnyAsync(c => c.Id == form.TargetId, ct))
        {
            throw new MissingException("category");
        }
    }
}
