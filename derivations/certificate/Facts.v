(** What the proofs of the rules use: sums over lists, ranges, vectors, binomial sums, limits. *)
From Coquelicot Require Import Coquelicot.
From Coq Require Import Reals Lra Lia List ZArith.
From Derivations Require Import Base.
Import ListNotations.
Open Scope R_scope.

(** * Sums and products over lists *)
Lemma lsum_plus {A} (l : list A) (F G : A -> R) : lsum l (fun z => F z + G z) = lsum l F + lsum l G.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_minus {A} (l : list A) (F G : A -> R) : lsum l (fun z => F z - G z) = lsum l F - lsum l G.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_opp {A} (l : list A) (F : A -> R) : lsum l (fun z => - F z) = - lsum l F.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_left {A} (l : list A) (c : R) (F : A -> R) : lsum l (fun z => c * F z) = c * lsum l F.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_right {A} (l : list A) (c : R) (F : A -> R) : lsum l (fun z => F z * c) = lsum l F * c.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_zero {A} (l : list A) : lsum l (fun _ => 0) = 0.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_const {A} (l : list A) (c : R) : lsum l (fun _ => c) = INR (length l) * c.
Proof.
  induction l as [|a l IH]; [simpl; ring|].
  change (length (a :: l)) with (S (length l)); rewrite S_INR; simpl lsum; rewrite IH; ring.
Qed.
Lemma lsum_app {A} (l1 l2 : list A) (F : A -> R) : lsum (l1 ++ l2) F = lsum l1 F + lsum l2 F.
Proof. induction l1 as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lsum_map {A B} (h : A -> B) (l : list A) (F : B -> R) : lsum (map h l) F = lsum l (fun x => F (h x)).
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; reflexivity. Qed.
Lemma lsum_flat_map {A B} (h : A -> list B) (l : list A) (F : B -> R) :
  lsum (flat_map h l) F = lsum l (fun x => lsum (h x) F).
Proof. induction l as [|a l IH]; simpl; [reflexivity|]. rewrite lsum_app, IH; reflexivity. Qed.
Lemma lsum_swap {A B} (l : list A) (m : list B) (F : A -> B -> R) :
  lsum l (fun x => lsum m (fun y => F x y)) = lsum m (fun y => lsum l (fun x => F x y)).
Proof.
  induction l as [|a l IH]; simpl; [symmetry; apply lsum_zero|].
  rewrite IH; symmetry; apply (lsum_plus m (fun y => F a y) (fun y => lsum l (fun x => F x y))).
Qed.
Lemma lsum_nonnegative {A} (l : list A) (F : A -> R) : (forall z, In z l -> 0 <= F z) -> 0 <= lsum l F.
Proof.
  induction l as [|a l IH]; intros H; simpl; [lra|].
  pose proof (H a (or_introl eq_refl)). assert (0 <= lsum l F) by (apply IH; intros; apply H; right; assumption). lra.
Qed.
Lemma lsum_le {A} (l : list A) (F G : A -> R) : (forall z, In z l -> F z <= G z) -> lsum l F <= lsum l G.
Proof.
  intros H; assert (0 <= lsum l (fun z => G z - F z)) by (apply lsum_nonnegative; intros z Hz; specialize (H z Hz); lra).
  rewrite lsum_minus in H0; lra.
Qed.
Lemma lsum_positive {A} (l : list A) (F : A -> R) : l <> nil -> (forall z, In z l -> 0 < F z) -> 0 < lsum l F.
Proof.
  destruct l as [|a l]; intros Hl H; [congruence|]; simpl.
  pose proof (H a (or_introl eq_refl)).
  assert (0 <= lsum l F) by (apply lsum_nonnegative; intros; left; apply H; right; assumption). lra.
Qed.
Lemma lsum_lt {A} (l : list A) (F G : A -> R) (w : A) :
  In w l -> (forall z, In z l -> F z <= G z) -> F w < G w -> lsum l F < lsum l G.
Proof.
  induction l as [|a l IH]; intros Hw H Hlt; simpl; [destruct Hw|].
  assert (Hl : lsum l F <= lsum l G) by (apply lsum_le; intros; apply H; right; assumption).
  destruct Hw as [-> | Hw]; [lra|].
  pose proof (H a (or_introl eq_refl)).
  assert (lsum l F < lsum l G) by (apply IH; auto; intros; apply H; right; assumption). lra.
Qed.
Lemma lprod_mult {A} (l : list A) (F G : A -> R) : lprod l (fun z => F z * G z) = lprod l F * lprod l G.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lprod_const {A} (l : list A) (c : R) : lprod l (fun _ => c) = c ^ length l.
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lprod_app {A} (l1 l2 : list A) (F : A -> R) : lprod (l1 ++ l2) F = lprod l1 F * lprod l2 F.
Proof. induction l1 as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.
Lemma lprod_map {A B} (h : A -> B) (l : list A) (F : B -> R) : lprod (map h l) F = lprod l (fun x => F (h x)).
Proof. induction l as [|a l IH]; simpl; [|rewrite IH]; reflexivity. Qed.
Lemma lprod_positive {A} (l : list A) (F : A -> R) : (forall z, In z l -> 0 < F z) -> 0 < lprod l F.
Proof.
  induction l as [|a l IH]; intros H; simpl; [lra|].
  apply Rmult_lt_0_compat; [apply H; left; reflexivity | apply IH; intros; apply H; right; assumption].
Qed.
Lemma lprod_nonnegative {A} (l : list A) (F : A -> R) : (forall z, In z l -> 0 <= F z) -> 0 <= lprod l F.
Proof.
  induction l as [|a l IH]; intros H; simpl; [lra|].
  apply Rmult_le_pos; [apply H; left; reflexivity | apply IH; intros; apply H; right; assumption].
Qed.

Lemma Prod_positive {A} (D : fset A) (F : A -> R) : (forall z, member z D -> 0 < F z) -> 0 < Prod D F.
Proof. apply lprod_positive. Qed.
Lemma Prod_nonnegative {A} (D : fset A) (F : A -> R) : (forall z, member z D -> 0 <= F z) -> 0 <= Prod D F.
Proof. apply lprod_nonnegative. Qed.
Lemma Sum_nonnegative {A} (D : fset A) (F : A -> R) : (forall z, member z D -> 0 <= F z) -> 0 <= Sum D F.
Proof. apply lsum_nonnegative. Qed.
Lemma Sum_positive {A} (D : fset A) (F : A -> R) : 0 < card D -> (forall z, member z D -> 0 < F z) -> 0 < Sum D F.
Proof.
  intros H; apply lsum_positive; intros E; unfold card in H; rewrite E in H; simpl in H; lra.
Qed.
Lemma card_nonnegative {A} (D : fset A) : 0 <= card D.
Proof. apply pos_INR. Qed.
Lemma card_at_least_one {A} (D : fset A) : 0 < card D -> 1 <= card D.
Proof. unfold card; destruct (length (elements D)); [simpl; lra|]; intros _; rewrite S_INR; pose proof (pos_INR n); lra. Qed.

(** * Derivatives of sums and products over lists *)
Lemma ex_derive_lsum {A} (l : list A) (F : R -> A -> R) (x : R) :
  (forall z, In z l -> ex_derive (fun t => F t z) x) -> ex_derive (fun t => lsum l (fun z => F t z)) x.
Proof.
  induction l as [|a l IH]; intros H; simpl; [apply ex_derive_const|].
  apply (ex_derive_plus (fun t => F t a) (fun t => lsum l (fun z => F t z))).
  - apply H; left; reflexivity.
  - apply IH; intros z Hz; apply H; right; exact Hz.
Qed.
Lemma ex_derive_lprod {A} (l : list A) (F : R -> A -> R) (x : R) :
  (forall z, In z l -> ex_derive (fun t => F t z) x) -> ex_derive (fun t => lprod l (fun z => F t z)) x.
Proof.
  induction l as [|a l IH]; intros H; simpl; [apply ex_derive_const|].
  apply (ex_derive_mult (fun t => F t a) (fun t => lprod l (fun z => F t z))).
  - apply H; left; reflexivity.
  - apply IH; intros z Hz; apply H; right; exact Hz.
Qed.

(** * Ranges *)
Lemma range_elements (a b : R) (n : nat) : b - a + 1 = INR n -> elements (range a b) = map (fun k => a + INR k) (seq 0 n).
Proof. intros H; simpl; unfold range_list; rewrite H, nat_of_INR; reflexivity. Qed.
Lemma Sum_range (a b : R) (n : nat) (F : R -> R) :
  b - a + 1 = INR n -> Sum (range a b) F = lsum (seq 0 n) (fun k => F (a + INR k)).
Proof. intros H; unfold Sum; rewrite (range_elements a b n H); apply lsum_map. Qed.
Lemma Prod_range (a b : R) (n : nat) (F : R -> R) :
  b - a + 1 = INR n -> Prod (range a b) F = lprod (seq 0 n) (fun k => F (a + INR k)).
Proof. intros H; unfold Prod; rewrite (range_elements a b n H); apply lprod_map. Qed.
Lemma lsum_seq_S (F : nat -> R) n : lsum (seq 0 (S n)) F = lsum (seq 0 n) F + F n.
Proof. rewrite seq_S, lsum_app; simpl; ring. Qed.
Lemma lsum_seq_first (F : nat -> R) n : lsum (seq 0 (S n)) F = F 0%nat + lsum (seq 0 n) (fun k => F (S k)).
Proof. simpl; rewrite <- seq_shift, lsum_map; reflexivity. Qed.
Lemma lsum_seq_from (F : nat -> R) m n : lsum (seq m n) F = lsum (seq 0 n) (fun k => F (m + k)%nat).
Proof. induction n as [|n IH]; [reflexivity|]. rewrite !seq_S, !lsum_app, IH; reflexivity. Qed.
Lemma lprod_seq_S (F : nat -> R) n : lprod (seq 0 (S n)) F = lprod (seq 0 n) F * F n.
Proof. rewrite seq_S, lprod_app; simpl; ring. Qed.
Lemma lprod_seq_first (F : nat -> R) n : lprod (seq 0 (S n)) F = F 0%nat * lprod (seq 0 n) (fun k => F (S k)).
Proof. simpl; rewrite <- seq_shift, lprod_map; reflexivity. Qed.

(** The number of whole steps between two whole numbers. *)
Lemma steps (a b : R) : integer a -> integer b -> a - 1 <= b -> exists n : nat, b - a + 1 = INR n.
Proof.
  intros Ha Hb H; destruct (natural (b - a + 1)) as [n Hn]; [|lra|exists n; exact Hn].
  apply integer_plus; [apply integer_minus; assumption | apply integer_IZR].
Qed.

(** * One element taken out *)
Lemma lsum_remove {A} (same : forall x y : A, {x = y} + {x <> y}) (k : A) (l : list A) (F : A -> R) :
  NoDup l -> In k l -> lsum l F = F k + lsum (remove same k l) F.
Proof.
  induction l as [|a l IH]; intros Hn Hk; simpl; [destruct Hk|]. inversion Hn as [|? ? Ha Hl]; subst.
  destruct (same k a) as [->|Hne].
  - rewrite notin_remove by assumption; reflexivity.
  - destruct Hk as [->|Hk]; [congruence|]. simpl; rewrite (IH Hl Hk); ring.
Qed.
Lemma length_remove {A} (same : forall x y : A, {x = y} + {x <> y}) (k : A) (l : list A) :
  NoDup l -> In k l -> INR (length (remove same k l)) = INR (length l) - 1.
Proof.
  intros Hn Hk; pose proof (lsum_remove same k l (fun _ => 1) Hn Hk) as H; rewrite !lsum_const in H; lra.
Qed.

(** * Vectors *)
Lemma lsum_tuples_S {A} (l : list A) n (F : list A -> R) :
  lsum (tuple_list l (S n)) F = lsum l (fun x => lsum (tuple_list l n) (fun v => F (x :: v))).
Proof. simpl; rewrite lsum_flat_map; apply lsum_ext; intros x _; apply lsum_map. Qed.
Lemma length_tuples {A} (l : list A) n : INR (length (tuple_list l n)) = INR (length l) ^ n.
Proof.
  induction n as [|n IH]; [reflexivity|].
  transitivity (lsum (tuple_list l (S n)) (fun _ => 1)); [rewrite lsum_const; ring|].
  rewrite lsum_tuples_S; transitivity (lsum l (fun _ => INR (length (tuple_list l n)))).
  - apply lsum_ext; intros x _; rewrite lsum_const; ring.
  - rewrite lsum_const, IH; reflexivity.
Qed.

(** A product over the components, with the index counted from 0. *)
Definition weight {A} `{Point A} (n : nat) (Q : nat -> A -> R) (v : list A) : R :=
  lprod (seq 0 n) (fun k => Q k (nth k v point)).
Lemma weight_cons {A} `{Point A} n (Q : nat -> A -> R) x v :
  weight (S n) Q (x :: v) = Q 0%nat x * weight n (fun k => Q (S k)) v.
Proof. unfold weight; rewrite lprod_seq_first; reflexivity. Qed.
Lemma component_nat {A} `{Point A} (v : list A) k : component v (1 + INR k) = nth k v point.
Proof. unfold component; replace (1 + INR k - 1) with (INR k) by ring; rewrite nat_of_INR; reflexivity. Qed.
Lemma Prod_components {A} `{Point A} (n : nat) (Q : R -> A -> R) (v : list A) :
  Prod (range 1 (INR n)) (fun i => Q i (component v i)) = weight n (fun k => Q (1 + INR k)) v.
Proof.
  rewrite (Prod_range 1 (INR n) n) by ring; apply lprod_ext; intros k _; rewrite component_nat; reflexivity.
Qed.
Lemma Sum_tuples {A} (D : fset A) (n : nat) (F : list A -> R) :
  Sum (tuples D (INR n)) F = lsum (tuple_list (elements D) n) F.
Proof. unfold Sum, tuples; simpl; rewrite nat_of_INR; reflexivity. Qed.

Lemma lsum_weight {A} `{Point A} (l : list A) n (Q : nat -> A -> R) :
  lsum (tuple_list l n) (weight n Q) = lprod (seq 0 n) (fun k => lsum l (Q k)).
Proof.
  revert Q; induction n as [|n IH]; intros Q; [unfold weight; simpl; ring|].
  rewrite lsum_tuples_S, lprod_seq_first, <- (IH (fun k => Q (S k))), <- lsum_right.
  apply lsum_ext; intros x _; rewrite <- lsum_left; apply lsum_ext; intros v _; apply weight_cons.
Qed.

(** One coordinate is independent of what looks at the others only. *)
Lemma independent_coordinate {A} `{Point A} (l : list A) (n k : nat) (Q : nat -> A -> R) (G : A -> R) (F : list A -> R) :
  (k < n)%nat -> (forall i, (i < n)%nat -> lsum l (Q i) = 1) ->
  (forall v w, In v (tuple_list l n) -> In w (tuple_list l n) ->
     (forall i, (i < n)%nat -> i <> k -> nth i v point = nth i w point) -> F v = F w) ->
  lsum (tuple_list l n) (fun v => weight n Q v * (G (nth k v point) * F v))
  = lsum l (fun x => Q k x * G x) * lsum (tuple_list l n) (fun v => weight n Q v * F v).
Proof.
  revert k Q F; induction n as [|n IH]; intros k Q F Hk HQ HF; [lia|].
  assert (Hcons : forall x v, In x l -> In v (tuple_list l n) -> In (x :: v) (tuple_list l (S n))).
  { intros x v Hx Hv; apply in_tuple_list in Hv; destruct Hv; apply in_tuple_list; split;
      [simpl; congruence | constructor; assumption]. }
  rewrite !lsum_tuples_S; destruct k as [|k].
  - (* the first coordinate: the rest is the same whatever it is *)
    assert (Hrest : exists c, forall x, In x l ->
      lsum (tuple_list l n) (fun v => weight n (fun j => Q (S j)) v * F (x :: v)) = c).
    { destruct l as [|a l']; [exists 0; intros x []|].
      exists (lsum (tuple_list (a :: l') n) (fun v => weight n (fun j => Q (S j)) v * F (a :: v))).
      intros x Hx; apply lsum_ext; intros v Hv; f_equal.
      apply HF; [apply Hcons; assumption | apply Hcons; [left; reflexivity | assumption] |].
      intros [|i] _ Hi; [congruence|reflexivity]. }
    destruct Hrest as [c Hc].
    transitivity (lsum l (fun x => Q 0%nat x * G x * c)).
    { apply lsum_ext; intros x Hx; rewrite <- (Hc x Hx), <- lsum_left.
      apply lsum_ext; intros v _; rewrite weight_cons; simpl nth; ring. }
    rewrite lsum_right; f_equal.
    transitivity (lsum l (fun x => Q 0%nat x * c)).
    { rewrite lsum_right, (HQ 0%nat) by lia; ring. }
    apply lsum_ext; intros x Hx; rewrite <- (Hc x Hx), <- lsum_left.
    apply lsum_ext; intros v _; rewrite weight_cons; ring.
  - transitivity (lsum l (fun x => Q 0%nat x * (lsum l (fun y => Q (S k) y * G y)
        * lsum (tuple_list l n) (fun v => weight n (fun j => Q (S j)) v * F (x :: v))))).
    { apply lsum_ext; intros x Hx.
      rewrite <- (IH k (fun j => Q (S j)) (fun v => F (x :: v))), <- lsum_left; [|lia| |].
      - apply lsum_ext; intros v _; rewrite weight_cons; simpl nth; ring.
      - intros i Hi; apply HQ; lia.
      - intros v w Hv Hw Hvw; apply HF; [apply Hcons; assumption | apply Hcons; assumption |].
        intros [|i] Hi Hik; [reflexivity|]; simpl; apply Hvw; lia. }
    rewrite <- lsum_left; apply lsum_ext; intros x _.
    transitivity (lsum l (fun y => Q (S k) y * G y)
       * (Q 0%nat x * lsum (tuple_list l n) (fun v => weight n (fun j => Q (S j)) v * F (x :: v)))); [ring|].
    f_equal; rewrite <- lsum_left; apply lsum_ext; intros v _; rewrite weight_cons; ring.
Qed.

(** * Binomial sums *)
Lemma choose_above n k : (n < k)%nat -> choose n k = 0.
Proof.
  revert k; induction n as [|n IH]; intros [|k] H; simpl; [lia|reflexivity|lia|]. rewrite !IH by lia; ring.
Qed.
Lemma choose_all n : choose n n = 1.
Proof. induction n as [|n IH]; simpl; [reflexivity|]; rewrite IH, choose_above by lia; ring. Qed.
Lemma C_zero n : C n 0 = 1.
Proof. unfold C; rewrite Nat.sub_0_r; simpl; field; apply INR_fact_neq_0. Qed.
Lemma C_all n : C n n = 1.
Proof. unfold C; rewrite Nat.sub_diag; simpl; field; apply INR_fact_neq_0. Qed.
Lemma C_choose n k : (k <= n)%nat -> C n k = choose n k.
Proof.
  revert k; induction n as [|n IH]; intros k H.
  - replace k with 0%nat by lia; apply C_zero.
  - destruct k as [|k]; [apply C_zero|].
    destruct (Nat.eq_dec k n) as [->|Hne]; [rewrite choose_all; apply C_all|].
    rewrite <- pascal by lia; rewrite !IH by lia; reflexivity.
Qed.

Lemma choose_zero n : choose n 0 = 1.
Proof. destruct n; reflexivity. Qed.
Lemma choose_step n k : choose n (S k) * INR (S k) = choose n k * (INR n - INR k).
Proof.
  revert k; induction n as [|n IH]; intros k; [destruct k; simpl; ring|].
  change (choose (S n) (S k)) with (choose n k + choose n (S k)); rewrite Rmult_plus_distr_r, IH.
  destruct k as [|k]; [rewrite !choose_zero, !S_INR; simpl; ring|].
  change (choose (S n) (S k)) with (choose n k + choose n (S k)).
  rewrite Rmult_plus_distr_r; pose proof (IH k) as H; rewrite !S_INR in *; lra.
Qed.
Lemma choose_absorption n k : choose (S n) (S k) * INR (S k) = INR (S n) * choose n k.
Proof.
  change (choose (S n) (S k)) with (choose n k + choose n (S k)).
  rewrite Rmult_plus_distr_r, choose_step, !S_INR; ring.
Qed.

(** sum over k <= n of C(n, k) a^k c^(n - k) G(k) *)
Definition binomial_sum (n : nat) (a c : R) (G : nat -> R) : R :=
  lsum (seq 0 (S n)) (fun k => choose n k * a ^ k * c ^ (n - k) * G k).
Lemma binomial_sum_S n a c G :
  binomial_sum (S n) a c G = c * binomial_sum n a c G + a * binomial_sum n a c (fun k => G (S k)).
Proof.
  unfold binomial_sum; rewrite lsum_seq_first.
  transitivity (choose (S n) 0 * a ^ 0 * c ^ (S n - 0) * G 0%nat
    + (lsum (seq 0 (S n)) (fun k => choose n k * a ^ S k * c ^ (n - k) * G (S k))
       + lsum (seq 0 (S n)) (fun k => choose n (S k) * a ^ S k * c ^ (n - k) * G (S k)))).
  { f_equal; rewrite <- lsum_plus; apply lsum_ext; intros k _.
    change (choose (S n) (S k)) with (choose n k + choose n (S k)); simpl (S n - S k)%nat; ring. }
  rewrite <- !lsum_left, (lsum_seq_S (fun k => choose n (S k) * a ^ S k * c ^ (n - k) * G (S k))), (choose_above n (S n)) by lia.
  rewrite (lsum_seq_first (fun k => c * (choose n k * a ^ k * c ^ (n - k) * G k))).
  rewrite (lsum_ext (seq 0 n) (fun k => choose n (S k) * a ^ S k * c ^ (n - k) * G (S k))
             (fun k => c * (choose n (S k) * a ^ S k * c ^ (n - S k) * G (S k)))).
  2: { intros k Hk; apply in_seq in Hk; replace (n - k)%nat with (S (n - S k)) by lia; simpl pow; ring. }
  rewrite (lsum_ext (seq 0 (S n)) (fun k => a * (choose n k * a ^ k * c ^ (n - k) * G (S k)))
             (fun k => choose n k * a ^ S k * c ^ (n - k) * G (S k))) by (intros k _; simpl pow; ring).
  replace (choose (S n) 0) with 1 by reflexivity; replace (choose n 0) with 1 by (destruct n; reflexivity).
  rewrite !Nat.sub_0_r; change (c ^ S n) with (c * c ^ n); ring.
Qed.
Lemma binomial_sum_ext n a c G H : (forall k, (k <= n)%nat -> G k = H k) -> binomial_sum n a c G = binomial_sum n a c H.
Proof. intros E; apply lsum_ext; intros k Hk; apply in_seq in Hk; rewrite E by lia; reflexivity. Qed.
Lemma binomial_sum_plus n a c G H :
  binomial_sum n a c (fun k => G k + H k) = binomial_sum n a c G + binomial_sum n a c H.
Proof. unfold binomial_sum; rewrite <- lsum_plus; apply lsum_ext; intros; ring. Qed.
Lemma binomial_sum_scal n a c d G : binomial_sum n a c (fun k => d * G k) = d * binomial_sum n a c G.
Proof. unfold binomial_sum; rewrite <- lsum_left; apply lsum_ext; intros; ring. Qed.
Lemma binomial_sum_one n a c : binomial_sum n a c (fun _ => 1) = (a + c) ^ n.
Proof.
  induction n as [|n IH]; [unfold binomial_sum; simpl; ring|]. rewrite binomial_sum_S, IH; simpl; ring.
Qed.
Lemma binomial_sum_mean n b : binomial_sum n b (1 - b) INR = INR n * b.
Proof.
  induction n as [|n IH]; [unfold binomial_sum; simpl; ring|].
  rewrite binomial_sum_S, IH.
  rewrite (binomial_sum_ext n b (1 - b) (fun k => INR (S k)) (fun k => INR k + 1)) by (intros; apply S_INR).
  rewrite (binomial_sum_plus n b (1 - b) INR (fun _ => 1)), IH, binomial_sum_one.
  replace (b + (1 - b)) with 1 by ring; rewrite pow1, S_INR; ring.
Qed.
Lemma binomial_sum_square n b :
  binomial_sum n b (1 - b) (fun k => INR k ^ 2) = INR n * b * (1 - b) + (INR n * b) ^ 2.
Proof.
  induction n as [|n IH]; [unfold binomial_sum; simpl; ring|].
  rewrite binomial_sum_S, IH.
  rewrite (binomial_sum_ext n b (1 - b) (fun k => INR (S k) ^ 2) (fun k => INR k ^ 2 + (2 * INR k + 1)))
    by (intros k _; rewrite S_INR; ring).
  rewrite (binomial_sum_plus n b (1 - b) (fun k => INR k ^ 2) (fun k => 2 * INR k + 1)), IH.
  rewrite (binomial_sum_plus n b (1 - b) (fun k => 2 * INR k) (fun _ => 1)), binomial_sum_scal.
  rewrite binomial_sum_mean, binomial_sum_one.
  replace (b + (1 - b)) with 1 by ring; rewrite pow1, S_INR; ring.
Qed.
(** The binomial sum as the table writes it. *)
Lemma binomial_sum_range (n : nat) (a c : R) (G : R -> R) :
  Sum (range 0 (INR n)) (fun s => binom (INR n) s * a ^^ s * c ^^ (INR n - s) * G s)
  = binomial_sum n a c (fun k => G (INR k)).
Proof.
  rewrite (Sum_range 0 (INR n) (S n)) by (rewrite S_INR; ring).
  apply lsum_ext; intros k Hk; apply in_seq in Hk.
  rewrite Rplus_0_l, <- minus_INR, !power_natural by lia.
  unfold binom; rewrite !nat_of_INR; reflexivity.
Qed.
(** The sum of independent bits is binomial. *)
Lemma bernoulli_sum (n : nat) (b : R) (G : R -> R) :
  lsum (tuple_list [0; 1] n) (fun v => weight n (fun _ => bern b) v * G (lsum (seq 0 n) (fun k => nth k v point)))
  = binomial_sum n b (1 - b) (fun k => G (INR k)).
Proof.
  revert G; induction n as [|n IH]; intros G; [unfold binomial_sum, weight; simpl; ring|].
  rewrite lsum_tuples_S, binomial_sum_S, <- IH.
  rewrite (binomial_sum_ext n b (1 - b) (fun k => G (INR (S k))) (fun k => G (1 + INR k)))
    by (intros; rewrite S_INR; f_equal; ring).
  rewrite <- (IH (fun s => G (1 + s))), <- !lsum_left; cbn [lsum]; rewrite Rplus_0_r; f_equal;
    apply lsum_ext; intros v _; rewrite weight_cons, lsum_seq_first, ?bern_zero, ?bern_one; simpl nth;
    rewrite ?Rplus_0_l; ring.
Qed.

(** * Limits *)
Lemma tends_t_log_t : filterlim (fun t => t * ln t) (at_right 0) (locally 0).
Proof.
  apply (filterlim_ext_loc (fun t => ln t * exp (ln t))).
  - apply beside_right; intros t Ht; rewrite exp_ln by lra; ring.
  - apply (filterlim_comp _ _ _ ln (fun y => y * exp y) (at_right 0) (Rbar_locally m_infty)).
    + apply is_lim_ln_0.
    + exact is_lim_mul_exp_m.
Qed.
Lemma tends_inverse : filterlim Rinv (at_right 0) (Rbar_locally p_infty).
Proof. apply filterlim_Rinv_0_right. Qed.
Lemma tends_affine (F : R -> R) (c d : R) : 0 < c ->
  filterlim F (at_right 0) (Rbar_locally p_infty) ->
  filterlim (fun t => c * F t + d) (at_right 0) (Rbar_locally p_infty).
Proof.
  intros Hc HF P [M HM].
  apply (filterlim_comp _ _ _ F (fun y => c * y + d) (at_right 0) (Rbar_locally p_infty) (Rbar_locally p_infty) HF);
    [|exists M; exact HM].
  intros Q [K HK]; exists ((K - d) / c); intros x Hx; apply HK.
  apply (Rmult_lt_compat_l c) in Hx; [|assumption].
  replace (c * ((K - d) / c)) with (K - d) in Hx by (field; lra). lra.
Qed.

(** ln t <= t - 1, and equal at 1 only. *)
Lemma ln_below (t : R) : 0 < t -> ln t <= t - 1.
Proof. intros H; pose proof (exp_ineq1_le (ln t)) as E; rewrite exp_ln in E by assumption; lra. Qed.
Lemma ln_strictly_below (t : R) : 0 < t -> t <> 1 -> ln t < t - 1.
Proof.
  intros H H1; assert (L : ln t <> 0).
  { intros L; apply H1; rewrite <- (exp_ln t H), L; apply exp_0. }
  pose proof (exp_ineq1 (ln t) L) as E; rewrite exp_ln in E by assumption; lra.
Qed.
Lemma divergence_term (q p : R) : 0 < q -> 0 < p -> q - p <= q * ln (q / p).
Proof.
  intros Hq Hp; assert (Hr : 0 < p / q) by (apply Rdiv_lt_0_compat; assumption).
  pose proof (ln_below (p / q) Hr) as H.
  replace (q / p) with (/ (p / q)) by (field; lra). rewrite ln_Rinv by assumption.
  apply (Rmult_le_compat_l q) in H; [|lra]. replace (q * (p / q - 1)) with (p - q) in H by (field; lra). lra.
Qed.
Lemma divergence_term_strict (q p : R) : 0 < q -> 0 < p -> q <> p -> q - p < q * ln (q / p).
Proof.
  intros Hq Hp Hne; assert (Hr : 0 < p / q) by (apply Rdiv_lt_0_compat; assumption).
  assert (H1 : p / q <> 1).
  { intros H; apply Hne; apply (Rmult_eq_compat_l q) in H; replace (q * (p / q)) with p in H by (field; lra). lra. }
  pose proof (ln_strictly_below (p / q) Hr H1) as H.
  replace (q / p) with (/ (p / q)) by (field; lra). rewrite ln_Rinv by assumption.
  apply (Rmult_lt_compat_l q) in H; [|lra]. replace (q * (p / q - 1)) with (p - q) in H by (field; lra). lra.
Qed.
Lemma divergence_nonnegative {A} (D : fset A) (Q P : A -> R) :
  pmf D Q -> pmf D P -> (forall z, member z D -> 0 < Q z) -> (forall z, member z D -> 0 < P z) -> 0 <= Divergence D Q P.
Proof.
  intros [_ HQ] [_ HP] Qp Pp.
  assert (H : Sum D (fun z => Q z - P z) <= Divergence D Q P).
  { apply lsum_le; intros z Hz; apply divergence_term; [apply Qp | apply Pp]; exact Hz. }
  unfold Sum in *; rewrite lsum_minus, HQ, HP in H; lra.
Qed.
(** The mean of logarithms is at most the logarithm of the mean m: ln (g / m) <= g / m - 1 for each g. *)
Lemma mean_of_logs {A} (D : fset A) (Q G : A -> R) :
  (forall z, member z D -> 0 <= Q z) -> Sum D Q = 1 -> (forall z, member z D -> 0 < G z) ->
  Sum D (fun z => Q z * ln (G z)) <= ln (Sum D (fun z => Q z * G z)).
Proof.
  intros HQ H1 HG; unfold Sum in *; set (m := lsum (elements D) (fun z => Q z * G z)).
  assert (Hm : 0 < m).
  { destruct (Rle_lt_dec m 0) as [H0 | H0]; [exfalso|exact H0].
    assert (Z : forall z, In z (elements D) -> 0 <= Q z * G z).
    { intros z Hz; apply Rmult_le_pos; [apply HQ; exact Hz | left; apply HG; exact Hz]. }
    assert (W : forall z, In z (elements D) -> Q z <= 0).
    { intros z Hz; destruct (Rle_lt_dec (Q z) 0) as [|Hq]; [assumption|exfalso].
      assert (K : lsum (elements D) (fun _ => 0) < m).
      { apply (lsum_lt (elements D) _ _ z Hz Z); apply Rmult_lt_0_compat; [exact Hq | apply HG; exact Hz]. }
      rewrite lsum_zero in K; lra. }
    pose proof (lsum_le (elements D) Q (fun _ => 0) W) as K; rewrite lsum_zero in K; lra. }
  assert (H : lsum (elements D) (fun z => Q z * ln (G z)) <= lsum (elements D) (fun z => Q z * G z * / m + (ln m - 1) * Q z)).
  { apply lsum_le; intros z Hz; pose proof (HG z Hz) as Hg.
    replace (Q z * G z * / m + (ln m - 1) * Q z) with (Q z * (G z * / m - 1 + ln m)) by ring.
    apply Rmult_le_compat_l; [apply HQ; exact Hz|].
    assert (Hi : 0 < / m) by (apply Rinv_0_lt_compat; exact Hm).
    pose proof (ln_below (G z * / m) (Rmult_lt_0_compat _ _ Hg Hi)) as H.
    rewrite ln_mult, ln_Rinv in H by assumption; lra. }
  rewrite lsum_plus, lsum_right, lsum_left, H1 in H; fold m in H; rewrite Rinv_r in H by lra; lra.
Qed.

(** * Cauchy and Schwarz: the sum of w (x F - y G)^2 is not negative, for any x and y *)
Lemma weighted_squares {A} (l : list A) (W F G : A -> R) :
  (forall z, In z l -> 0 <= W z) ->
  lsum l (fun z => W z * (F z * G z)) ^ 2 <= lsum l (fun z => W z * F z ^ 2) * lsum l (fun z => W z * G z ^ 2).
Proof.
  intros HW; set (a := lsum l (fun z => W z * F z ^ 2)); set (b := lsum l (fun z => W z * G z ^ 2)).
  set (c := lsum l (fun z => W z * (F z * G z))).
  assert (H : forall x y, 0 <= x ^ 2 * a - 2 * x * y * c + y ^ 2 * b).
  { intros x y; unfold a, b, c; rewrite <- !lsum_left, <- lsum_minus, <- lsum_plus.
    apply lsum_nonnegative; intros z Hz; pose proof (HW z Hz).
    replace (_ + _) with (W z * (x * F z - y * G z) ^ 2) by ring.
    apply Rmult_le_pos; [assumption | apply pow2_ge_0]. }
  assert (Hb : 0 <= b).
  { apply lsum_nonnegative; intros z Hz; apply Rmult_le_pos; [apply HW; assumption | apply pow2_ge_0]. }
  destruct Hb as [Hb | Hb].
  - apply (Rmult_le_reg_l b); [assumption|]; specialize (H b c); nra.
  - rewrite <- Hb in *; destruct (Req_dec c 0) as [-> | Hc]; [lra|].
    specialize (H 1 ((a + 1) / (2 * c))).
    replace (2 * 1 * ((a + 1) / (2 * c)) * c) with (a + 1) in H by (field; assumption). lra.
Qed.

(** * Powers *)
Lemma powerRZ_powerRZ (a : R) (j k : Z) : a <> 0 -> powerRZ (powerRZ a j) k = powerRZ a (j * k).
Proof.
  intros Ha; assert (N : forall n : nat, powerRZ (powerRZ a j) (Z.of_nat n) = powerRZ a (j * Z.of_nat n)).
  { induction n as [|n IH]; [rewrite Z.mul_0_r; reflexivity|].
    rewrite Nat2Z.inj_succ, <- Z.add_1_r, Z.mul_add_distr_l, !powerRZ_add, IH, Z.mul_1_r, powerRZ_1
      by (try apply powerRZ_NOR; assumption); reflexivity. }
  destruct (Z_le_gt_dec 0 k) as [H | H].
  - destruct (Z_of_nat_complete k H) as [n ->]; apply N.
  - destruct (Z_of_nat_complete (- k)) as [n Hn]; [lia|].
    assert (U : powerRZ a (j * Z.of_nat n) <> 0) by (apply powerRZ_NOR; assumption).
    apply (Rmult_eq_reg_l (powerRZ a (j * Z.of_nat n))); [|exact U].
    rewrite <- N at 1; rewrite <- !powerRZ_add by (try apply powerRZ_NOR; assumption).
    replace (Z.of_nat n + k)%Z with 0%Z by lia; replace (j * Z.of_nat n + j * k)%Z with 0%Z by nia; reflexivity.
Qed.

Lemma minus_one_even (j : Z) : powerRZ (- (1)) (2 * j) = 1.
Proof.
  rewrite <- powerRZ_powerRZ by lra.
  replace (powerRZ (- (1)) 2) with 1 by (simpl; ring).
  destruct j as [|p|p]; simpl; rewrite ?pow1, ?Rinv_1; reflexivity.
Qed.
Lemma power_below (a b : R) (n : nat) : 0 <= a -> a < b -> a ^ S n < b ^ S n.
Proof.
  intros Ha H; induction n as [|n IH]; [simpl; lra|].
  change (a * a ^ S n < b * b ^ S n); apply Rmult_le_0_lt_compat; [assumption | apply pow_le; assumption | assumption ..].
Qed.

(** * Jensen's inequality, for weights that need not sum to 1 *)
Lemma jensen_list_on {A} (P : R -> Prop) (l : list A) (W G : A -> R) (F : R -> R) :
  convex_on P F -> (forall x y t, P x -> P y -> 0 <= t -> t <= 1 -> P (t * x + (1 - t) * y)) ->
  (forall z, In z l -> 0 <= W z) -> (forall z, In z l -> P (G z)) -> 0 < lsum l W ->
  P (lsum l (fun z => W z * G z) / lsum l W) /\
  F (lsum l (fun z => W z * G z) / lsum l W) <= lsum l (fun z => W z * F (G z)) / lsum l W.
Proof.
  intros HF HP; induction l as [|a l IH]; intros HW HG Hs; simpl in *; [lra|].
  assert (Ha : 0 <= W a) by (apply HW; left; reflexivity).
  assert (Ga : P (G a)) by (apply HG; left; reflexivity).
  assert (Hl : forall z, In z l -> 0 <= W z) by (intros; apply HW; right; assumption).
  assert (Gl : forall z, In z l -> P (G z)) by (intros; apply HG; right; assumption).
  pose proof (lsum_nonnegative l W Hl) as H0; destruct H0 as [H0 | H0].
  - destruct (IH Hl Gl H0) as [Hq Hm]; clear IH; set (s := lsum l W) in *.
    assert (Hi : 0 < / (W a + s)) by (apply Rinv_0_lt_compat; exact Hs).
    assert (Ht : 0 <= W a / (W a + s)) by (apply Rmult_le_pos; lra).
    assert (Hu : 1 - W a / (W a + s) = s / (W a + s)) by (field; lra).
    assert (Hv : 0 <= s / (W a + s)) by (apply Rmult_le_pos; lra).
    specialize (HF (G a) (lsum l (fun z => W z * G z) / s) (W a / (W a + s)) Ga Hq Ht ltac:(lra)).
    specialize (HP (G a) (lsum l (fun z => W z * G z) / s) (W a / (W a + s)) Ga Hq Ht ltac:(lra)); rewrite Hu in HF, HP.
    replace (W a / (W a + s) * G a + s / (W a + s) * (lsum l (fun z => W z * G z) / s))
      with ((W a * G a + lsum l (fun z => W z * G z)) / (W a + s)) in HF, HP by (field; lra).
    split; [exact HP|].
    apply (Rmult_le_compat_l (s / (W a + s)) _ _ Hv) in Hm.
    replace (s / (W a + s) * (lsum l (fun z => W z * F (G z)) / s))
      with (lsum l (fun z => W z * F (G z)) / (W a + s)) in Hm by (field; lra).
    replace ((W a * F (G a) + lsum l (fun z => W z * F (G z))) / (W a + s))
      with (W a / (W a + s) * F (G a) + lsum l (fun z => W z * F (G z)) / (W a + s)) by (field; lra).
    lra.
  - assert (Z : forall H : A -> R, lsum l (fun z => W z * H z) = 0).
    { intros H; rewrite <- (lsum_zero l); apply lsum_ext; intros z Hz; destruct (Hl z Hz) as [Hp | <-]; [exfalso|ring].
      assert (K : lsum l (fun _ => 0) < lsum l W) by (apply (lsum_lt l _ _ z Hz Hl Hp)).
      rewrite lsum_zero in K; lra. }
    rewrite <- H0, !Z in *.
    replace ((W a * G a + 0) / (W a + 0)) with (G a) by (field; lra); split; [exact Ga | right; field; lra].
Qed.

Lemma jensen_list {A} (l : list A) (W G : A -> R) (F : R -> R) :
  convex_on (fun _ => True) F -> (forall z, In z l -> 0 <= W z) -> 0 < lsum l W ->
  F (lsum l (fun z => W z * G z) / lsum l W) <= lsum l (fun z => W z * F (G z)) / lsum l W.
Proof. intros HF HW; apply (jensen_list_on (fun _ => True) l W G F HF); trivial. Qed.

Lemma jensen_list_positive {A} (l : list A) (W G : A -> R) (F : R -> R) :
  convex_on (fun t => 0 < t) F -> (forall z, In z l -> 0 <= W z) -> (forall z, In z l -> 0 < G z) -> 0 < lsum l W ->
  F (lsum l (fun z => W z * G z) / lsum l W) <= lsum l (fun z => W z * F (G z)) / lsum l W.
Proof.
  intros HF; apply (jensen_list_on (fun t => 0 < t) l W G F HF); intros x y t Hx Hy [Ht | <-] H; [|lra].
  assert (0 < t * x) by (apply Rmult_lt_0_compat; assumption).
  assert (0 <= (1 - t) * y) by (apply Rmult_le_pos; lra); lra.
Qed.

(** * The normal density *)
Lemma Normal_root (v : R) : 0 < v -> 0 < sqrt (2 * PI * v).
Proof. intros H; pose proof PI_RGT_0; apply sqrt_lt_R0, Rmult_lt_0_compat; lra. Qed.
Lemma Normal_positive (x m v : R) : 0 < v -> 0 < Normal x m v.
Proof. intros H; apply Rdiv_lt_0_compat; [apply exp_pos | apply Normal_root; exact H]. Qed.
Lemma Normal_exp (x m v : R) : 0 < v -> Normal x m v = exp (- ((x - m) ^ 2 / (2 * v)) - ln (2 * PI * v) / 2).
Proof.
  intros H; pose proof (Normal_root v H).
  assert (Hp : 0 < 2 * PI * v) by (pose proof PI_RGT_0; apply Rmult_lt_0_compat; lra).
  unfold Rminus at 1; rewrite exp_plus, (exp_Ropp (ln (2 * PI * v) / 2)); unfold Normal, Rdiv at 1; do 2 f_equal.
  rewrite <- (sqrt_sqrt (2 * PI * v)) at 2 by lra; rewrite ln_mult by assumption.
  replace ((ln (sqrt (2 * PI * v)) + ln (sqrt (2 * PI * v))) / 2) with (ln (sqrt (2 * PI * v))) by field.
  symmetry; apply exp_ln; assumption.
Qed.

(** * |v| v^n, which has a derivative also at 0 *)

Lemma size_times (u : R) : is_derive (fun v => Rabs v * v) u (2 * Rabs u).
Proof.
  destruct (Req_dec u 0) as [-> | H].
  - rewrite Rabs_R0, Rmult_0_r; apply is_derive_Reals; intros eps Heps; exists (mkposreal eps Heps); intros h Hh Hs.
    simpl in Hs. replace ((Rabs (0 + h) * (0 + h) - Rabs 0 * 0) / h - 0) with (Rabs h).
    + rewrite Rabs_Rabsolu; exact Hs.
    + rewrite Rabs_R0, Rplus_0_l; field; exact Hh.
  - auto_derive; [auto|]. unfold Rabs; destruct (Rcase_abs u).
    + rewrite sign_eq_m1 by assumption; ring.
    + rewrite sign_eq_1 by lra; ring.
Qed.

Lemma size_times_power (m : nat) (u : R) :
  is_derive (fun v => Rabs v * v ^ S m) u ((INR (S m) + 1) * Rabs u * u ^ m).
Proof.
  apply (is_derive_ext (fun v => (Rabs v * v) * v ^ m)); [intros t; simpl; ring|].
  evar_last.
  - apply (is_derive_mult (fun v => Rabs v * v) (fun v => v ^ m)).
    + apply size_times.
    + apply is_derive_Reals, derivable_pt_lim_pow.
    + intros; apply Rmult_comm.
  - unfold plus, mult; simpl. destruct m as [|m]; [simpl; ring|].
    rewrite S_INR; simpl pred; rewrite <- tech_pow_Rmult; destruct m; simpl; ring.
Qed.
